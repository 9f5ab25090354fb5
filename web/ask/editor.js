// <sql-editor>: SQL in its colours, with the names of tables and columns at hand.
//
// It lives in a shadow root, whose styles a strict content-security-policy lets it have.

import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** What questions are mostly made of; PostgreSQL knows hundreds of words more. */
const COMMON = new Set(
  `all and any array as asc avg between by case cast coalesce count cross date_trunc day desc distinct else end except exists
  extract false filter first from full group having hour in inner intersect interval is join json jsonb lag last lateral lead
  left like limit max min month not null nulls offset on or order outer over partition rank right row_number select sum then
  timestamp true union using values week when where window with year`.split(/\s+/),
);

/** The words that PostgreSQL knows, in order not to take a column for one of them. */
const words = new Set(PostgreSQL.spec.keywords.split(" "));

const keyword = (label, type) => ({ label, type, boost: COMMON.has(label.toLowerCase()) ? 0 : -90 });

/** Columns by their bare names: those of the tables that the question names, or of all while it names none. */
function columns({ tables = {} }) {
  const written = (name) => (/^[a-z_][a-z0-9_]*$/.test(name) && !words.has(name) ? name : `"${name}"`);
  return (context) => {
    const word = context.matchBefore(/\w+/);
    if (!word || /["'.]/.test(context.state.sliceDoc(word.from - 1, word.from))) return null;
    // There stands a table.
    const before = context.state.sliceDoc(Math.max(0, word.from - 20), word.from);
    if (/\b(from|join|into|update|table)\s+$/i.test(before)) return null;
    const text = context.state.doc.toString();
    const named = Object.keys(tables).filter((table) => new RegExp(`\\b${table}\\b`, "i").test(text));
    const of = new Map();
    for (const table of named.length > 0 ? named : Object.keys(tables)) {
      for (const column of tables[table]) of.set(column, [...(of.get(column) ?? []), table]);
    }
    const option = ([label, tables]) => ({ label, apply: written(label), detail: tables.join(", "), type: "property", boost: 50 });
    return { from: word.from, options: [...of].map(option), validFor: /^\w*$/ };
  };
}

/** What the page writes, and so need not be told. */
const given = Annotation.define();

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--tone-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--tone-text)" },
  { tag: tags.number, color: "var(--tone-number)" },
  { tag: [tags.bool, tags.null, tags.typeName, tags.standard(tags.name)], color: "var(--tone-word)" },
  { tag: tags.quote, color: "var(--tone-name)" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "var(--code)", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-soft)", borderRight: "1px solid var(--line)" },
  ".cm-placeholder": { color: "var(--ink-soft)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--glow)",
  },
  "&.cm-focused .cm-matchingBracket": { background: "var(--accent-soft)" },
  ".cm-tooltip": {
    background: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "6px",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-lintRange-error": {
    backgroundImage: "none", textDecoration: "underline wavy var(--wrong)", textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
});

/**
 * A letter in place of a selection. Left to itself, Chromium keeps the colours of what was there in a style of its own,
 * which the page's content-security-policy refuses aloud.
 */
function replaced(event, view) {
  const { from, to } = view.state.selection.main;
  if (event.inputType !== "insertText" || event.data === null || from === to || view.composing) return false;
  event.preventDefault();
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type" });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
  return true;
}

class SqlEditor extends HTMLElement {
  #names = new Compartment();
  #view;

  connectedCallback() {
    if (this.#view) return;
    const run = () => this.dispatchEvent(new CustomEvent("code-run"));
    const label = this.getAttribute("label") ?? "SQL";
    this.#view = new EditorView({
      parent: this.attachShadow({ mode: "open" }),
      root: this.shadowRoot,
      state: EditorState.create({
        doc: this.value ?? "",
        extensions: [
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: (view) => (closeCompletion(view), run(), true) }])),
          lineNumbers(),
          history(),
          drawSelection({ cursorBlinkRate: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1200 }),
          EditorView.lineWrapping,
          bracketMatching(),
          closeBrackets(),
          // No more than are in sight: a list that scrolls would have to be reached by Tab.
          autocompletion({ icons: false, maxRenderedOptions: 8 }),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
          this.#names.of(this.#language()),
          syntaxHighlighting(colours),
          look,
          placeholder("SELECT …"),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
          EditorView.domEventHandlers({ beforeinput: replaced }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.some((one) => one.annotation(given))) return;
            this.dispatchEvent(new CustomEvent("code-change", { detail: update.state.doc.toString() }));
          }),
        ],
      }),
    });
    // A property that was set before the element was known hides the one of its class.
    for (const name of ["value", "names", "fault"]) this.#upgrade(name);
    // What is written here is not for the page's own keys, nor for what it takes when anything is pasted.
    for (const kind of ["paste", "copy", "cut", "drop"]) this.addEventListener(kind, (event) => event.stopPropagation());
    this.addEventListener("keydown", (event) => {
      const isForAll = (event.ctrlKey || event.metaKey) && !["z", "y"].includes(event.key.toLowerCase());
      if (!isForAll) event.stopPropagation();
    });
  }

  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  #language() {
    const { schema, tables = {} } = this.names ?? {};
    const names = schema === undefined ? {} : { schema: { [schema]: tables }, defaultSchema: schema };
    return [
      sql({ dialect: PostgreSQL, upperCaseKeywords: true, keywordCompletion: keyword, ...names }),
      PostgreSQL.language.data.of({ autocomplete: columns({ tables }) }),
    ];
  }

  #known;
  /** What completion knows: `{ schema, tables: { name: [column, …] } }`. */
  get names() {
    return this.#known;
  }
  set names(names) {
    this.#known = names;
    this.#view?.dispatch({ effects: this.#names.reconfigure(this.#language()) });
  }

  #text;
  get value() {
    return this.#view?.state.doc.toString() ?? this.#text;
  }
  set value(text) {
    this.#text = text;
    const view = this.#view;
    if (!view || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: given.of(true) });
  }

  /** What is wrong and where: `{ position, message }`, or nothing. */
  set fault(fault) {
    const view = this.#view;
    if (!view) return;
    const length = view.state.doc.length;
    const marks = [];
    if (fault) {
      const from = Math.min(fault.position, length);
      const word = /^(?:\w+|.)/su.exec(view.state.sliceDoc(from, from + 80))?.[0].length ?? 0;
      // At the end there is nothing to mark but what came before.
      marks.push({ from: word === 0 ? Math.max(0, from - 1) : from, to: from + word, severity: "error", message: fault.message });
    }
    view.dispatch(setDiagnostics(view.state, marks));
  }

  /** Puts the caret at a place. */
  goTo(position) {
    const anchor = Math.min(position, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.#view.focus();
  }

  focus() {
    this.#view?.focus();
  }
}

customElements.define("sql-editor", SqlEditor);
