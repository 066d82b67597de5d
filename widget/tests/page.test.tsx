// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Composer, LIMIT } from '../src/ui/Composer';
import { Log } from '../src/ui/Log';
import { PhoneForm } from '../src/ui/PhoneForm';
import { conversation, FakeServer } from './support/fakeApi';
import { botMessage } from './support/messages';
import { renderChat } from './support/render';

const input = (): HTMLTextAreaElement => screen.getByLabelText('输入您的问题');

describe('the composer', () => {
  it('sends with Enter, breaks the line with Shift, and leaves Enter to the input method', async () => {
    const { server } = await renderChat(<Composer />);
    fireEvent.change(input(), { target: { value: ' 我欠多少 ' } });
    fireEvent.keyDown(input(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(input(), { key: 'Enter', isComposing: true });
    expect(server.received).toEqual([]);
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(server.received).toEqual([{ id: 'id-1', text: '我欠多少' }]);
    expect(input().value).toBe('');
  });

  it('counts characters as the server does and sends nothing that is too long', async () => {
    const { server } = await renderChat(<Composer />);
    // An emoji is one character of a thousand, though two units of UTF-16.
    fireEvent.change(input(), { target: { value: '😟'.repeat(LIMIT) } });
    expect(screen.getByText('1000/1000')).toBeTruthy();
    expect(screen.getByRole('button', { name: '发送' }).hasAttribute('disabled')).toBe(false);

    fireEvent.change(input(), { target: { value: '欠'.repeat(LIMIT + 23) } });
    expect(screen.getByText(/多了 23 个字/)).toBeTruthy();
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(server.received).toEqual([]);
  });
});

describe('the log', () => {
  it('shows beside a card only the first line of its text, and the rest on request', async () => {
    const server = new FakeServer();
    const card = { type: 'disclosure' as const, title: '明示表', rows: [{ item: '利息', value: '无' }] };
    server.history_.push(botMessage(1, '一共要还 100.00 元。\n利息：无', { card }));
    await renderChat(<Log />, conversation(server));
    expect(screen.getByText('一共要还 100.00 元。')).toBeTruthy();
    expect(screen.queryByText('利息：无')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '查看文字版' }));
    expect(screen.getByText('利息：无')).toBeTruthy();
  });

  it('offers the quick replies of the newest message only', async () => {
    const server = new FakeServer();
    const reply = (title: string) => ({ title, value: `b-${title}`, style: 'default' as const });
    server.history_.push(
      botMessage(1, '一', { buttons: [reply('旧的')] }),
      botMessage(2, '二', { buttons: [reply('新的')] }),
    );
    await renderChat(<Log />, conversation(server));
    expect(screen.queryByRole('button', { name: '旧的' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '新的' }));
    await vi.waitFor(() => {
      expect(server.received).toEqual([{ id: 'id-1', button: 'b-新的' }]);
    });
  });

  it('treats words as words, whatever they look like', async () => {
    const server = new FakeServer();
    server.history_.push(botMessage(1, '<img src=x onerror="alert(1)">'));
    const { container } = await renderChat(<Log />, conversation(server));
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('<img src=x onerror="alert(1)">')).toBeTruthy();
  });

  it('is a polite live region in which nothing is an alert', async () => {
    const server = new FakeServer();
    server.history_.push(botMessage(1, '您好'));
    await renderChat(<Log />, conversation(server));
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('polite');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the phone form', () => {
  it('asks for a number, shows the demo code, and says what the server says', async () => {
    await renderChat(<PhoneForm heading="h3" />);
    fireEvent.change(screen.getByLabelText('手机号'), { target: { value: '123' } });
    fireEvent.click(screen.getByRole('button', { name: '获取验证码' }));
    expect(screen.getByText('请填写 11 位手机号')).toBeTruthy();

    fireEvent.change(screen.getByLabelText('手机号'), { target: { value: '138 0013 8000' } });
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: '获取验证码' }));
      await Promise.resolve();
    });
    expect(await screen.findByText(/验证码是 1234/)).toBeTruthy();

    fireEvent.change(screen.getByLabelText('验证码'), { target: { value: '9999' } });
    fireEvent.click(screen.getByRole('button', { name: '确认登录' }));
    expect(await screen.findByText('验证码不对，还可以试 2 次。')).toBeTruthy();
  });
});
