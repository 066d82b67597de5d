/** Server-sent events as the HTML standard frames them, read from text that comes in any pieces. */

export interface SseEvent {
  id: string | null;
  event: string;
  data: string;
}

export class SseParser {
  private rest = '';
  private id: string | null = null;
  private event = '';
  private data: string[] = [];

  /** The events completed by this piece of text. */
  push(piece: string): SseEvent[] {
    this.rest += piece;
    // A lone trailing CR may be half of a CRLF: it waits for the next piece.
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.take(line));
  }

  private take(line: string): SseEvent[] {
    if (line === '') return this.finish();
    if (line.startsWith(':')) return [];
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') this.id = value;
    else if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
    return [];
  }

  private finish(): SseEvent[] {
    const done = this.data.length
      ? [{ id: this.id, event: this.event || 'message', data: this.data.join('\n') }]
      : [];
    this.event = '';
    this.data = [];
    return done;
  }
}
