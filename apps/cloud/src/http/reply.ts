/** What a route answers; made by the functions below, turned into HTTP by the server. */
export type Reply =
  | { readonly kind: "json"; readonly status: number; readonly value: unknown; readonly headers: Headers }
  | { readonly kind: "events"; readonly events: AsyncIterable<unknown> }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly type: string; readonly headers: Headers }
  | { readonly kind: "file"; readonly root: string; readonly path: string; readonly immutable: boolean }
  | { readonly kind: "page"; readonly status: number; readonly html: string; readonly headers: Headers }
  | { readonly kind: "redirect"; readonly to: string; readonly headers: Headers }
  | { readonly kind: "empty"; readonly status: number };

/** Extra response headers; several cookies are one array. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

export function json(value: unknown, options: { status?: number; headers?: Headers } = {}): Reply {
  return { kind: "json", status: options.status ?? 200, value, headers: options.headers ?? {} };
}

/**
 * Server-sent events: each value becomes one `data:` line of JSON. The server asks for the next value only when the reader
 * has taken the last one, so a source that conflates stays bounded. A comment every 15 s keeps proxies from closing it.
 */
export function events(source: AsyncIterable<unknown>): Reply {
  return { kind: "events", events: source };
}

/** An error that a program can tell apart by its `code` and a person can read in `message`. */
export function problem(status: number, code: string, message: string, headers: Headers = {}): Reply {
  return { kind: "json", status, value: { error: { code, message } }, headers };
}

export function bytes(content: Uint8Array, type: string, headers: Headers = {}): Reply {
  return { kind: "bytes", bytes: content, type, headers };
}

/** A file below `root`, with its compressed neighbour (`.br`, `.gz`) where the reader takes it; 404 when there is none. */
export function file(root: string, path: string, options: { immutable: boolean }): Reply {
  return { kind: "file", root, path, immutable: options.immutable };
}

/** A small self-contained HTML page. */
export function page(html: string, options: { status?: number; headers?: Headers } = {}): Reply {
  return { kind: "page", status: options.status ?? 200, html, headers: options.headers ?? {} };
}

/** 303: the browser follows with GET. */
export function redirect(to: string, headers: Headers = {}): Reply {
  return { kind: "redirect", to, headers };
}

export function empty(status = 204): Reply {
  return { kind: "empty", status };
}
