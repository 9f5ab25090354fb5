// An answer as CSV, as RFC 4180 has it: https://www.rfc-editor.org/rfc/rfc4180

/** The text of a file. Nothing is an empty cell, an empty text two quotes. */
export function csv({ fields, rows }) {
  const line = (cells) => `${cells.map(cell).join(",")}\r\n`;
  return [line(fields.map(({ name }) => name)), ...rows.map(line)].join("");
}

function cell(text) {
  if (text === null) return "";
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
