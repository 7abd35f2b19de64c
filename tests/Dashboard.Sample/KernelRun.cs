using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>The real kernel over the generated market, told to the page: no store, no ledger.</summary>
public sealed class KernelRun : IPipelineSink
{
    private static readonly TimeFrame[] Longer = [TimeFrame.D1, TimeFrame.H4, TimeFrame.H1, TimeFrame.M15, TimeFrame.M5];

    private readonly GeneratedMarket _market;
    private readonly Pipeline _pipeline;
    private readonly Resampler[][] _resamplers;
    private readonly Candle[] _minutes;
    private readonly long _startedMs;

    public KernelRun(long seed, long startMs, TimeProvider time, int symbols = 12)
    {
        _market = new(seed, startMs, [.. GeneratedSymbols.Twelve.Take(symbols)]);
        _minutes = new Candle[_market.Symbols.Count];
        _resamplers = [.. _market.Symbols.Select(_ => Longer.Select(f => new Resampler(TimeFrame.M1, f)).ToArray())];
        _startedMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        SymbolListing[] listings = [.. _market.Symbols.Select(s => new SymbolListing(s.Symbol, s.Rules))];
        Page = new(listings, KernelOptions.Default, Status);
        _pipeline = new(KernelOptions.Default, listings, PipelineDepth.Exhaustive, this);
    }

    public KernelDashboard Page { get; }

    public long NowMs => _market.MinuteOpenMs;

    /// <summary>Lives through this many minutes.</summary>
    public void Minutes(long count)
    {
        for (var i = 0L; i < count; i++) Minute();
    }

    /// <summary>Shows the running minute.</summary>
    public void Show(double fraction)
    {
        for (var i = 0; i < _minutes.Length; i++) Page.Tick(_market.Symbols[i].Symbol, _market.At(i, fraction).SoFar);
    }

    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log) => Page.Asked(desk, closeMs, log);

    public string Decided(DecisionRecord decision)
    {
        Page.Decided(decision);
        return "";
    }

    public void Moved(SignalEvent what, SignalState now) => Page.Moved(what, now);

    private StatusView Status() => new(
        "paper", "simulated", Simulated: true, _market.Seed, Speed: 60, NowMs, _startedMs, !Page.Replaying, double.NaN,
        "default", "0.1.0", [new("Market", $"{_minutes.Length} / {_minutes.Length}", "generated", HealthLevel.Ok)]);

    private void Minute()
    {
        _market.Advance(_minutes);
        var closed = new List<(int Symbol, TimeFrame Frame, Candle Bar)>();
        for (var i = 0; i < _minutes.Length; i++)
        {
            closed.Add((i, TimeFrame.M1, _minutes[i]));
            for (var f = 0; f < Longer.Length; f++)
            {
                if (_resamplers[i][f].TryAdd(_minutes[i], out var parent)) closed.Add((i, Longer[f], parent));
            }
        }

        foreach (var (symbol, frame, bar) in closed
            .OrderByDescending(c => _market.Symbols[c.Symbol].Symbol == Symbol.Btc)
            .ThenByDescending(c => c.Frame)
            .ThenBy(c => _market.Symbols[c.Symbol].Symbol))
        {
            var name = _market.Symbols[symbol].Symbol;
            _pipeline.OnCandle(_pipeline.IndexOf(name), frame, bar);
            Page.Candle(name, frame, bar);
        }

        _pipeline.Close(_market.MinuteOpenMs);
    }
}
