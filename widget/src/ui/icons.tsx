import type { ReactElement } from 'react';

/** Own line icons: ChatUI's come as a sprite that a host would have to load from elsewhere. */
const PATHS = {
  send: 'M4 12h14M12 5l7 7-7 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  check: 'M5 12.5l4.500 4.500L19 7.500',
  up: 'M7 11v9H4v-9zm0 0l4-7c1.700 0 2.500 1.200 2.200 2.700L12.600 10H18a2 2 0 0 1 2 2.400l-1.200 6A2 2 0 0 1 16.800 20H7',
  down: 'M7 13V4H4v9zm0 0l4 7c1.700 0 2.500-1.200 2.200-2.700L12.600 14H18a2 2 0 0 0 2-2.400l-1.200-6A2 2 0 0 0 16.800 4H7',
  chevron: 'M6 9l6 6 6-6',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-3.500 4-5 7.500-5s6.500 1.500 7.500 5',
  person: 'M4 13v-1a8 8 0 0 1 16 0v1M4 13h3v5H5a1 1 0 0 1-1-1zm16 0h-3v5h2a1 1 0 0 0 1-1zm-2 5c0 1.500-2 2.500-4 2.500',
  phone: 'M6 3.500h3l1.500 4-2 1.500a11 11 0 0 0 6 6l1.500-2 4 1.500v3a2 2 0 0 1-2.200 2A16.500 16.500 0 0 1 4 5.700 2 2 0 0 1 6 3.500z',
  retry: 'M19 12a7 7 0 1 1-2-5m2-3v4h-4',
  toEnd: 'M12 5v13M6 12l6 6 6-6',
  shield: 'M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM9 12l2 2 4-4',
  offline: 'M4 4l16 16M8.500 15.500a5 5 0 0 1 5-1M5 12a10 10 0 0 1 4-2.300M12 19h.01M13 9a10 10 0 0 1 6 3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The assistant's mark: a speech bubble with a tick. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-field" width="32" height="32" rx="10" />
      <path
        className="mark-bubble"
        d="M8 11.500A3.500 3.500 0 0 1 11.500 8h9a3.500 3.500 0 0 1 3.500 3.500v6a3.500 3.500 0 0 1-3.500 3.500H15l-4.200 3.400c-.5.4-1.300.1-1.300-.6V20.600A3.500 3.500 0 0 1 8 17.500z"
      />
      <path className="mark-tick" d="M12.200 14.700l2.600 2.600 5-5" />
    </svg>
  );
}
