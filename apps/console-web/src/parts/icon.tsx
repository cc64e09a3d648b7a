/** Drawn on a grid of 24 with a line of 1.75. */
const paths = {
  today: 'M4 13h6V4H4zm10 7h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  payments: 'M3 7h18v10H3zM3 11h18M7 15h3',
  review: 'M12 4l9 16H3zM12 10v4m0 3v.01',
  money: 'M12 3v13m-5-5l5 5 5-5M4 20h16',
  phone: 'M8 3h8v18H8zM11 18h2',
  links: 'M10 14a4 4 0 006 .5l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6-.5l-3 3a4 4 0 006 6l1-1',
  customers:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3 20c0-3.5 2.5-6 6-6s6 2.500 6 6M16 4.500a3.500 3.500 0 010 6.500M21 20c0-3-1.500-5-4-5.700',
  refunds: 'M9 14l-5-5 5-5M4 9h10a6 6 0 010 12h-3',
  webhooks: 'M13 3L5 14h6l-1 7 8-11h-6z',
  keys: 'M8 19a4 4 0 100-8 4 4 0 000 8zM11 12l9-9m-4 4l3 3',
  developers: 'M8 7l-5 5 5 5m8-10l5 5-5 5M13.500 5l-3 14',
  settings: 'M4 7h10m4 0h2M16 5v4M4 17h2m4 0h10M8 15v4',
  people: 'M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 3.500-7 8-7s8 3 8 7',
  audit: 'M6 3h9l4 4v14H6zM9 12h7M9 16h5',
  operator: 'M4 6h16v5H4zM4 13h16v5H4zM7.500 8.500v.01M7.500 15.500v.01',
  services: 'M3 12h4l3-7 4 14 3-7h4',
  backups:
    'M12 8c4.400 0 8-1.300 8-2.500S16.400 3 12 3 4 4.300 4 5.500 7.600 8 12 8zM4 5.500v13C4 19.700 7.600 21 12 21s8-1.300 8-2.500v-13M4 12c0 1.200 3.600 2.500 8 2.500s8-1.300 8-2.500',
  texts: 'M4 5h16v11H10l-4 4v-4H4zM9 9a3 3 0 116 0c0 1-1.500 1.500-3 2m0 2v.01',
  parked: 'M4 7h16v13H4zM4 12h4l2 3h4l2-3h4M9 3h6',
  bell: 'M6 17V11a6 6 0 0112 0v6l2 1H4zM10 21h4',
  search: 'M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM20 20l-5-5',
  sun: 'M12 16a4 4 0 100-8 4 4 0 000 8zM12 3v1m0 16v1m9-9h-1M4 12H3m15.400-6.400l-.7.7M6.300 17.700l-.7.7m0-12.800l.7.7m11.400 11.400l.7.7',
  moon: 'M20 14a8 8 0 01-10-10 8 8 0 1010 10z',
  check: 'M5 12l5 5 9-10',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2',
  dot: 'M12 16a4 4 0 100-8 4 4 0 000 8z',
  half: 'M12 20a8 8 0 100-16 8 8 0 000 16zM12 4v16',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11m-4-4l4 4 4-4M5 20h14',
  plus: 'M12 5v14M5 12h14',
  chevron: 'M9 6l6 6-6 6',
  leave: 'M14 4H5v16h9M10 12h10m-3-3l3 3-3 3',
} as const;
export type IconName = keyof typeof paths;

/** Beside a word, never instead of one: hidden from screen readers. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
