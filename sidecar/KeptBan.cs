using System.Globalization;
using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Sidecar;

/// <summary>
/// A ban's end in the store, so that the replica that comes next knows it: a container's files go with the container. What was used of
/// limits stays in the file, because half of them counts as used where nothing is known.
/// </summary>
/// <param name="values">Where it is kept.</param>
/// <param name="exchange">Whose ban, such as <c>binance</c>.</param>
/// <param name="file">Beside it on this machine.</param>
/// <param name="patience">For while storage is away: nothing is asked of the exchange before it is known that it may be.</param>
/// <param name="ends">Cancelled when the process has to leave what it does.</param>
internal sealed class KeptBan(IValueStore values, string exchange, IBanMemory file, Patience patience, CancellationToken ends) : IBanMemory
{
    private readonly string _name = $"ban_until_{exchange}";
    private long _untilMs;

    /// <remarks>What cannot be read as a time is no ban: the exchange will say so itself.</remarks>
    public async Task<long> LoadAsync(CancellationToken cancel = default)
    {
        var text = await patience.AskAsync("reading whether the exchange has banned this address", stop => values.LoadValueAsync(_name, stop), cancel);
        var stored = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var untilMs) ? untilMs : 0;
        return Remember(Math.Max(stored, await file.LoadAsync(cancel)));
    }

    public async Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default)
    {
        Remember(bannedUntilMs);
        await file.SaveAsync(bannedUntilMs, cancel);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, ends);
        // A try that comes late writes what is known by then: a ban that was made longer meanwhile stays so.
        await patience.AskAsync(
            "keeping the end of a ban",
            stop => values.SaveValueAsync(_name, Interlocked.Read(ref _untilMs).ToString(CultureInfo.InvariantCulture), stop), both.Token);
    }

    public Task<IReadOnlyList<UsedStep>?> TakeUsedAsync(CancellationToken cancel = default) => file.TakeUsedAsync(cancel);

    public void KeepUsed(IReadOnlyList<UsedStep> steps) => file.KeepUsed(steps);

    private long Remember(long untilMs)
    {
        long known;
        do
        {
            known = Interlocked.Read(ref _untilMs);
        }
        while (untilMs > known && Interlocked.CompareExchange(ref _untilMs, untilMs, known) != known);

        return Math.Max(untilMs, known);
    }
}
