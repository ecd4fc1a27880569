import { createHash } from "node:crypto";

const style = `:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f3f4f4,#101314);color:light-dark(#15191a,#eceeee)}
main{width:min(26rem,84vw);text-align:center}h1{font-size:1.6rem;font-weight:600;margin:0 0 .5rem}p{margin:0 0 2rem;opacity:.75}
button,a.button{display:block;width:100%;box-sizing:border-box;min-height:56px;border:0;border-radius:14px;margin:0 0 12px;padding:14px;
font:inherit;font-weight:600;color:#fff;background:#0b6e66;cursor:pointer;text-decoration:none}code{font-size:.9em}
button.quiet{background:none;color:inherit;font-weight:400;opacity:.75}:focus-visible{outline:3px solid #39a99e;outline-offset:3px}`;

/** Lets exactly this style through a content security policy that forbids inline styles. */
export const pageStyleHash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

const words = {
  en: {
    language: "en",
    title: "Sign in to Caravan",
    askFor: "This link works once. It signs in the browser you are using now.",
    signIn: "Sign in",
    usedTitle: "This link no longer works",
    used: "It was used before or is too old. Ask for a new one with",
    welcome: "Caravan",
    choose: "What would you like to open?",
    phone: "My car",
    console: "Fleet console",
    signOut: "Sign out",
    strangerTitle: "Please sign in",
    stranger: "Caravan has no passwords. On the machine that runs it, get a sign-in link with",
  },
  zh: {
    language: "zh-CN",
    title: "登录 Caravan",
    askFor: "此链接只能使用一次，将登录您当前使用的浏览器。",
    signIn: "登录",
    usedTitle: "此链接已失效",
    used: "链接已使用过或已过期。请用以下命令获取新链接：",
    welcome: "Caravan",
    choose: "您想打开哪一个？",
    phone: "我的车",
    console: "车队控制台",
    signOut: "退出登录",
    strangerTitle: "请先登录",
    stranger: "Caravan 不使用密码。请在运行它的机器上用以下命令获取登录链接：",
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** Chinese where the browser prefers it to English, else English. */
export function pageWords(acceptLanguage: string | undefined): Words {
  const first = (acceptLanguage ?? "")
    .toLowerCase()
    .split(",")
    .find((entry) => /^\s*(?:zh|en)\b/u.test(entry));
  return first?.trim().startsWith("zh") === true ? words.zh : words.en;
}

/** A page with a button that posts the token, so that a program which only looks at the link does not use it up. */
export function signInPage(say: Words, token: string): string {
  return html(
    say,
    say.title,
    `<h1>${say.title}</h1><p>${say.askFor}</p>
<form method="post" action="/api/sign-in"><input type="hidden" name="token" value="${escape(token)}"><button autofocus>${say.signIn}</button></form>`,
  );
}

export function usedLinkPage(say: Words): string {
  return html(say, say.usedTitle, `<h1>${say.usedTitle}</h1><p>${say.used} <code>npm run signin</code></p>`);
}

/** The front door: what a person who is signed in can open. */
export function welcomePage(say: Words): string {
  return html(
    say,
    say.welcome,
    `<h1>${say.welcome}</h1><p>${say.choose}</p><a class="button" href="/phone/">${say.phone}</a>
<a class="button" href="/console/">${say.console}</a>
<form method="post" action="/api/sign-out"><button class="quiet">${say.signOut}</button></form>`,
  );
}

export function strangerPage(say: Words): string {
  return html(
    say,
    say.strangerTitle,
    `<h1>${say.strangerTitle}</h1><p>${say.stranger} <code>npm run signin</code></p>`,
  );
}

function html(say: Words, title: string, body: string): string {
  return `<!doctype html><html lang="${say.language}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<style>${style}</style></head><body><main>${body}</main></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
