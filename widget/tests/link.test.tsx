// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { linkIn } from '../src/state/link';
import { Refused } from '../src/transport/http';
import LinkScreen from '../src/ui/LinkScreen';
import { conversation } from './support/fakeApi';
import { renderChat } from './support/render';

describe('the address of a link to sign in', () => {
  it('is read from its fragment only', () => {
    expect(linkIn('#sign-in=Ab_-9')).toBe('Ab_-9');
    expect(linkIn('#composer')).toBeNull();
    expect(linkIn('#sign-in=<script>')).toBeNull();
    expect(linkIn(`#sign-in=${'a'.repeat(65)}`)).toBeNull();
  });
});

describe('the page of a link', () => {
  const leave = vi.fn();

  it('says which conversation asks, and shows no code before somebody is proven', async () => {
    await renderChat(<LinkScreen link="a" onLeave={leave} />);
    expect(await screen.findByText(/为“微信公众号”里的对话登录/)).toBeTruthy();
    expect(screen.getByText(/链接是别人发来的，就是诈骗/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /显示 6 位数字/ })).toBeNull();
  });

  it('shows the code only when its borrower asks for it', async () => {
    const made = conversation();
    const confirm = vi.spyOn(made.server, 'confirmLink');
    await renderChat(<LinkScreen link="a" onLeave={leave} />, made);
    await screen.findByText(/为“微信公众号”里的对话登录/);
    await made.controller.signInAsDemo('zhang');
    const button = await screen.findByRole('button', { name: '我是张先生，显示 6 位数字' });
    expect(confirm).not.toHaveBeenCalled();
    fireEvent.click(button);
    expect(await screen.findByText('482 913')).toBeTruthy();
    expect(screen.getByText(/客服不会向您要这 6 位数字/)).toBeTruthy();
  });

  it('says what to do when the link is over', async () => {
    const made = conversation();
    const over = new Refused(422, 'link_unknown', '这个登录链接已经失效。');
    vi.spyOn(made.server, 'lookAtLink').mockRejectedValue(over);
    await renderChat(<LinkScreen link="a" onLeave={leave} />, made);
    expect(await screen.findByText('这个登录链接已经失效。')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '就在这里对话' }));
    expect(leave).toHaveBeenCalled();
  });
});
