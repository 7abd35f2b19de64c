using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Builds the longer frames of one symbol from its minutes: 1m → 5m → 15m → 1h → 4h → 1d. A frame with a
/// missing part is not built (<see cref="Resampler"/>).
/// </summary>
public sealed class FrameLadder : IStateful
{
    private static readonly TimeFrame[] Frames = [.. TimeFrames.All];

    private readonly Resampler[] _steps =
        [.. Enumerable.Range(1, Frames.Length - 1).Select(i => new Resampler(Frames[i - 1], Frames[i]))];

    private readonly Candle[] _closed = new Candle[Frames.Length];
    private int _count;

    /// <summary>Adds the next closed minute.</summary>
    /// <returns>How many frames closed with it, the minute itself included.</returns>
    public int Add(in Candle minute)
    {
        _closed[0] = minute;
        _count = 1;
        while (_count < Frames.Length && _steps[_count - 1].TryAdd(_closed[_count - 1], out _closed[_count])) _count++;
        return _count;
    }

    /// <summary>The candle of a frame that closed with the last minute; false when that frame did not close.</summary>
    public bool TryGet(TimeFrame frame, out Candle closed)
    {
        var place = Array.IndexOf(Frames, frame);
        closed = place < _count ? _closed[place] : default;
        return place < _count;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(FrameLadder), 1);
        foreach (var step in _steps) step.Carry(carrier);
    }
}
