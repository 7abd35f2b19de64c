namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Wakes one waiter, now or as soon as it waits; many calls before it wakes are one.</summary>
internal sealed class Wake
{
    private TaskCompletionSource _next = New();

    public void Set() => Volatile.Read(ref _next).TrySetResult();

    /// <summary>The waiter looks at the world after this returns: whatever was set before then is seen.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        await Volatile.Read(ref _next).Task.WaitAsync(cancel);
        Volatile.Write(ref _next, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
