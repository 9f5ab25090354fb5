import { createRequire } from "node:module";
import { writeFile } from "./installed.mjs";

const ts = createRequire(import.meta.url)("typescript");

/** What TypeScript, at its strictest, has against a file of the project: `TS2322` and so on. */
export function typeErrors(name, text, { module, moduleResolution, lib = ["lib.es2022.d.ts"] }) {
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      types: [],
      target: "es2022",
      module,
      moduleResolution,
    },
    ".",
  );
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, ts.createCompilerHost({})));
  const program = ts.createProgram([writeFile(name, text)], { ...options, lib });
  return ts.getPreEmitDiagnostics(program).map(({ code, messageText }) => {
    return `TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
