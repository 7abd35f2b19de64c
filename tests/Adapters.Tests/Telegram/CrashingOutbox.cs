using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>Dies before or after one of the writes: the process is gone, what was committed stays.</summary>
internal sealed class CrashingOutbox(IOutbox inner, int crashAt) : IOutbox
{
    private int _at;

    public bool HasCrashed { get; private set; }

    public Task<int> AddAsync(OutboxBatch batch, CancellationToken cancel = default) => inner.AddAsync(batch, cancel);

    public Task<IReadOnlyList<QueuedMessage>> LoadHeadsAsync(CancellationToken cancel = default) => inner.LoadHeadsAsync(cancel);

    public Task BeginAsync(string id, CancellationToken cancel = default) => AroundAsync(() => inner.BeginAsync(id, cancel));

    public Task DelayAsync(string id, bool inDoubt, CancellationToken cancel = default) => AroundAsync(() => inner.DelayAsync(id, inDoubt, cancel));

    public Task EndAsync(string id, MessageEnd end, long atMs, CancellationToken cancel = default) => AroundAsync(() => inner.EndAsync(id, end, atMs, cancel));

    public Task<OutboxCounts> CountAsync(CancellationToken cancel = default) => inner.CountAsync(cancel);

    public Task<int> ForgetAsync(long doneBeforeMs, long cardsBeforeMs, CancellationToken cancel = default) =>
        inner.ForgetAsync(doneBeforeMs, cardsBeforeMs, cancel);

    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) => inner.LoadValueAsync(name, cancel);

    private async Task AroundAsync(Func<Task> write)
    {
        Die();
        await write();
        Die();
    }

    private void Die()
    {
        if (_at++ != crashAt) return;
        HasCrashed = true;
        throw new CrashException();
    }

    internal sealed class CrashException : Exception;
}
