using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>One symbol's invented candles in every frame, and the studies over them.</summary>
public sealed class SampleMarket
{
    private readonly Dictionary<TimeFrame, List<Candle>> _closed = [];
    private readonly Dictionary<TimeFrame, Candle> _running = [];
    private readonly Random _random;

    public SampleMarket(Symbol symbol, int decimals, double price, long nowMs, int seed)
    {
        (Symbol, Decimals, Last, _random) = (symbol, decimals, price, new Random(seed));
        foreach (var frame in TimeFrames.All) _closed[frame] = Walk(frame, price, nowMs);
        foreach (var frame in TimeFrames.All) _running[frame] = Fresh(frame, nowMs);
    }

    public Symbol Symbol { get; }

    public int Decimals { get; }

    public double Last { get; private set; }

    public IReadOnlyList<Candle> Closed(TimeFrame frame) => _closed[frame];

    public RunningCandle Running(TimeFrame frame) => new(frame, _running[frame]);

    /// <summary>Moves the price by one step; returns the candles that closed.</summary>
    public List<(TimeFrame Frame, Candle Candle)> Step(long nowMs)
    {
        Last = Round(Last * (1 + (Normal() * 0.0006)));
        var closed = new List<(TimeFrame, Candle)>();
        foreach (var frame in TimeFrames.All)
        {
            var running = _running[frame];
            if (nowMs >= running.CloseTimeMs(frame))
            {
                _closed[frame].Add(running);
                closed.Add((frame, running));
                running = Fresh(frame, nowMs);
            }

            var volume = 4 + (_random.NextDouble() * 20);
            _running[frame] = running with
            {
                High = Math.Max(running.High, Last),
                Low = Math.Min(running.Low, Last),
                Close = Last,
                Volume = running.Volume + volume,
            };
        }

        return closed;
    }

    private Candle Fresh(TimeFrame frame, long nowMs) => new(frame.OpenOf(nowMs), Last, Last, Last, Last, 0);

    /// <summary>Walks backwards from the last price, so that all frames end at the same one.</summary>
    private List<Candle> Walk(TimeFrame frame, double last, long nowMs)
    {
        const int Bars = 900;
        var open = frame.OpenOf(nowMs) - (Bars * frame.Ms());
        var sigma = 0.0011 * Math.Sqrt(frame.Minutes() / 5.0);
        var closes = new double[Bars + 1];
        closes[Bars] = last;
        var (drift, calm) = (0.0, 1.0);
        for (var i = Bars - 1; i >= 0; i--)
        {
            if (_random.Next(60) == 0) drift = Normal() * sigma * 0.25;
            calm = Math.Clamp(calm * (1 + (Normal() * 0.12)), 0.45, 2.2);
            closes[i] = closes[i + 1] * (1 - drift - (Normal() * sigma * calm));
        }

        var bars = new List<Candle>(Bars);
        for (var i = 0; i < Bars; i++)
        {
            var (from, to) = (Round(closes[i]), Round(closes[i + 1]));
            var move = Math.Abs(to - from) + (from * sigma * 0.3);
            var high = Round(Math.Max(from, to) + (_random.NextDouble() * move * 0.7));
            var low = Round(Math.Min(from, to) - (_random.NextDouble() * move * 0.7));
            var volume = Math.Round(3_000 * (0.4 + _random.NextDouble() + (move / from / sigma)), 1);
            bars.Add(new(open + (i * frame.Ms()), from, high, low, to, volume, volume * to, volume * 0.5));
        }

        return bars;
    }

    private double Round(double price) => Math.Round(price, Decimals);

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
