import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Its seventh shade is read on white and under white letters (5.7 : 1). */
const brand = [
  '#e8f7f3',
  '#d1ebe3',
  '#a3d6c7',
  '#72c0a9',
  '#4aad8f',
  '#2fa17f',
  '#1c8f6e',
  '#0f7459',
  '#0a5e48',
  '#054838',
] as const;

/** Bangla needs more height than Latin; the system's own letters, so that nothing is loaded. */
const fontFamily =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Bengali', 'Vrinda', Helvetica, Arial, sans-serif";

export const theme = createTheme({
  fontFamily,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily, fontWeight: '650' },
  colors: { brand },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The library's greys and reds are too pale for small letters; these are at least 4.5 : 1 on their grounds. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59626d',
    '--mantine-color-placeholder': '#69717b',
    '--mantine-color-error': '#c02626',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1ba',
    '--mantine-color-placeholder': '#98a1ab',
    '--mantine-color-error': '#ff8f8f',
  },
});
