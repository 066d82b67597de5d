/**
 * The launcher's style, set through a constructed style sheet: a host's `style-src` forbids inline
 * `<style>`, but not this. `!important` on the host element wins over the page's own rules.
 */
export const CSS = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: 2147483000 !important;
  inset: auto 20px 20px auto !important;
  display: block !important;
}
:host([data-side='left']) { inset: auto auto 20px 20px !important; }
.launcher {
  position: relative;
  display: flex;
  align-items: center;
  gap: 8px;
  height: 56px;
  padding: 0 20px 0 16px;
  border: 0;
  border-radius: 28px;
  background: #14606b;
  color: #fff;
  font: 600 16px/1 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif;
  cursor: pointer;
  box-shadow: 0 6px 24px rgb(10 40 45 / 30%);
}
.launcher:hover { background: #0d4750; }
.launcher:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 3px; }
.launcher svg { width: 26px; height: 26px; flex: none; }
.badge {
  position: absolute;
  top: -6px;
  right: -4px;
  min-width: 22px;
  height: 22px;
  padding: 0 6px;
  border-radius: 11px;
  box-sizing: border-box;
  background: #a3292b;
  color: #fff;
  font-size: 13px;
  line-height: 22px;
  text-align: center;
}
.panel {
  position: fixed;
  right: 20px;
  bottom: 88px;
  width: min(440px, calc(100vw - 40px));
  height: min(720px, calc(100vh - 112px));
  border-radius: 18px;
  overflow: hidden;
  background: #f3f5f4;
  box-shadow: 0 12px 48px rgb(10 40 45 / 30%);
}
:host([data-side='left']) .panel { right: auto; left: 20px; }
.panel iframe { display: block; width: 100%; height: 100%; border: 0; }
[hidden] { display: none !important; }
@media (max-width: 520px), (max-height: 480px) {
  .panel, :host([data-side='left']) .panel {
    inset: 0;
    width: 100%;
    height: 100%;
    border-radius: 0;
  }
  :host([data-open]) .launcher { display: none; }
}
@media print { :host { display: none !important; } }
`;
