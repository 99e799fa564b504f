const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content and attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f3f5f8;color:#1d2433;font:16px/1.6 -apple-system,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif}
.banner{background:#8a3b00;color:#fff;padding:12px 16px;text-align:center;font-weight:600}
main{max-width:480px;margin:0 auto;padding:16px}
section{background:#fff;border-radius:12px;padding:20px 16px;margin-bottom:16px;box-shadow:0 1px 3px #0002}
h1{font-size:18px;margin:0 0 12px}.amount{font-size:40px;line-height:1.2;font-weight:700;text-align:center;margin:8px 0 16px}
dl{display:grid;grid-template-columns:5em 1fr;gap:4px 12px;margin:0}dt{color:#596275}dd{margin:0;overflow-wrap:anywhere}
button,.button{display:block;width:100%;min-height:48px;margin-top:12px;border:0;border-radius:10px;font-family:inherit;font-size:17px;font-weight:600;line-height:48px;text-align:center;text-decoration:none;cursor:pointer}
.pay{background:#0b6b3a;color:#fff}.fail{background:#fff;color:#9b1c1c;box-shadow:inset 0 0 0 1px #9b1c1c}.back{background:#1f4fa3;color:#fff}
.note{color:#596275;font-size:14px;margin:12px 0 0}.ok{color:#0b6b3a}.bad{color:#9b1c1c}
button:focus-visible,.button:focus-visible{outline:3px solid #1f4fa3;outline-offset:2px}`;

/** A whole page under a banner that says what is simulated. `title` and `banner` are escaped here, `body` is HTML already. */
export const page = (title: string, banner: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><div class="banner" role="note">${escapeHtml(banner)}</div><main>${body}</main></body></html>`;

/** These pages run no script and load nothing. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;
