import { defaultLightTheme, type RaThemeOptions } from 'react-admin';

const FONT = '-apple-system, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif';

/** react-admin paints its toolbars white on phones, in a media query that only another one overrules. */
const NO_BAND = { '@media (max-width:599.95px)': { backgroundColor: 'transparent', minHeight: 0 } };

/** Colours keep a contrast of 4.5:1 on white. */
export const theme: RaThemeOptions = {
  ...defaultLightTheme,
  palette: {
    mode: 'light',
    primary: { main: '#0f5c5c' },
    secondary: { main: '#5b4a9c' },
    success: { main: '#1b7a4b', dark: '#12603a' },
    warning: { main: '#9a5200', contrastText: '#ffffff' },
    error: { main: '#b3261e' },
    background: { default: '#f5f7f8' },
  },
  typography: { fontFamily: FONT, h6: { fontSize: 16, fontWeight: 650 } },
  shape: { borderRadius: 8 },
  components: {
    ...defaultLightTheme.components,
    // Their white is an empty band above and beside the filters of a phone.
    RaListToolbar: { styleOverrides: { root: NO_BAND } },
    RaTopToolbar: { styleOverrides: { root: NO_BAND } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
    MuiTab: { styleOverrides: { root: { textTransform: 'none' } } },
  },
};
