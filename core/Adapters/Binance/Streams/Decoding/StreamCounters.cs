namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// What a decoder has seen. Counted by the thread that decodes; other threads may read at any time.
/// </summary>
public sealed class StreamCounters
{
    private static readonly int Kinds = Enum.GetValues<StreamEventKind>().Length;
    private static readonly int Reasons = Enum.GetValues<StreamFault>().Length;

    private readonly long[] _fast = new long[Kinds];
    private readonly long[] _slow = new long[Kinds];
    private readonly long[] _faults = new long[Kinds * Reasons];
    private long _answers;
    private long _otherMarket;
    private long _otherInterval;

    /// <summary>Events read in the form that the exchange sends today.</summary>
    public long Fast(StreamEventKind kind) => Volatile.Read(ref _fast[(int)kind]);

    /// <summary>Events read in any other form; a count that rises says that the exchange has changed it.</summary>
    public long Slow(StreamEventKind kind) => Volatile.Read(ref _slow[(int)kind]);

    /// <summary>Refused messages of a kind; those whose kind cannot be told are <see cref="StreamEventKind.Unknown"/>.</summary>
    public long Faults(StreamEventKind kind, StreamFault reason) =>
        Volatile.Read(ref _faults[((int)kind * Reasons) + (int)reason]);

    /// <summary>Refused messages of all kinds.</summary>
    public long Faults(StreamFault reason)
    {
        var sum = 0L;
        for (var kind = 0; kind < Kinds; kind++) sum += Faults((StreamEventKind)kind, reason);
        return sum;
    }

    /// <summary>Answers to requests.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Events of another market (<c>st</c> is not 1), left out.</summary>
    public long OtherMarket => Volatile.Read(ref _otherMarket);

    /// <summary>Candles of a length that is not among our six, left out.</summary>
    public long OtherInterval => Volatile.Read(ref _otherInterval);

    internal void CountFast(StreamEventKind kind) => _fast[(int)kind]++;

    internal void CountSlow(StreamEventKind kind) => _slow[(int)kind]++;

    internal void CountFault(StreamEventKind kind, StreamFault reason) =>
        _faults[((int)kind * Reasons) + (int)reason]++;

    internal void CountAnswer() => _answers++;

    internal void CountOtherMarket() => _otherMarket++;

    internal void CountOtherInterval() => _otherInterval++;
}
