type Fields = Readonly<Record<string, unknown>>;

/** One line per event, as fields. Never a position, name, token or message text. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}
