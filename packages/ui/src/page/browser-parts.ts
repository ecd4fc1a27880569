/** The browser's own ways to reach the server of this page, for a client that takes them as arguments. */
export const browserParts = {
  fetch: (path: string, init: RequestInit): Promise<Response> => fetch(path, init),
  openEvents(
    path: string,
    on: { opened(): void; message(data: unknown): void; broken(willRetry: boolean): void },
  ): () => void {
    const source = new EventSource(path);
    source.addEventListener("open", () => on.opened());
    source.addEventListener("message", (event: MessageEvent<unknown>) => on.message(event.data));
    source.addEventListener("error", () => on.broken(source.readyState !== EventSource.CLOSED));
    return () => source.close();
  },
  after(ms: number, then: () => void): () => void {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
} as const;
