using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// The market regime from closed 4h candles (spec 1.4 and 2.7). The first match of TREND, SQUEEZE, CHOP,
/// RANGE counts; a new label has to hold for two bars, except that CHOP and SQUEEZE count at once.
/// </summary>
/// <remarks>
/// A close outside the bands while they widen releases a squeeze: its bars are counted anew.
/// A range's channel is the Donchian channel of the bars before; the touches are counted over as many
/// bars up to now. So read, the rule gives the distribution that the specification measured.
/// </remarks>
public sealed class RegimeDetector : IStateful
{
    private readonly RegimeOptions _options;
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema50 = new(50);
    private readonly Ema _ema200 = new(200);
    private readonly Adx _adx = new(14);
    private readonly Bollinger _bands = new(20, 2);
    private readonly PercentileRank _widthRank;
    private readonly Donchian _channel;
    private readonly Ring<Averages> _averages;
    private readonly Ring<HighLow> _recent;

    private RegimeReading _current = RegimeReading.None;
    private MarketRegime _candidate;
    private Bias _candidateDirection;
    private int _candidateBars;
    private double _width = double.NaN;
    private long _lastOpenMs = long.MinValue;
    private long _barsSinceGap = int.MaxValue;
    private int _bars;
    private int _squeezeBars;

    public RegimeDetector(RegimeOptions? options = null)
    {
        _options = options ?? RegimeOptions.Default;
        _widthRank = new(_options.WidthLookback);
        _channel = new(_options.RangeBars);
        _averages = new(_options.SlopeBars + 1);
        _recent = new(_options.RangeBars);
    }

    /// <summary>The reading after the last candle.</summary>
    public RegimeReading Current => _current;

    /// <summary>Folds the next closed 4h candle in.</summary>
    public RegimeReading Update(in Candle h4)
    {
        CountBars(h4);
        var averages = new Averages(
            _ema20.Update(h4.Close), _ema50.Update(h4.Close), _ema200.Update(h4.Close));
        _averages.Add(averages);
        _recent.Add(new(h4.High, h4.Low));
        var adx = _adx.Update(h4).Adx;
        var channel = _channel.Update(h4);
        var rank = Squeeze(h4.Close);
        var inputs = new RegimeReading(
            MarketRegime.Undecided, Bias.Neutral, 0, BiasOf(h4.Close, averages), adx, rank,
            Slope(averages.Ema20, a => a.Ema20), Slope(averages.Ema50, a => a.Ema50), _squeezeBars);

        var isKnown = _bars >= _options.BarsMin && _barsSinceGap >= _options.GapBars;
        var (label, direction) = isKnown
            ? Hold(Label(inputs, averages, channel))
            : Take((MarketRegime.Undecided, Bias.Neutral));
        return _current = inputs with
        {
            Label = label,
            Direction = direction,
            Confidence = Confidence(inputs, label),
        };
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(RegimeDetector), 1);
        _ema20.Carry(carrier);
        _ema50.Carry(carrier);
        _ema200.Carry(carrier);
        _adx.Carry(carrier);
        _bands.Carry(carrier);
        _widthRank.Carry(carrier);
        _channel.Carry(carrier);
        _averages.Carry(carrier);
        _recent.Carry(carrier);
        carrier.Carry(ref _current);
        carrier.Carry(ref _candidate);
        carrier.Carry(ref _candidateDirection);
        carrier.Carry(ref _candidateBars);
        carrier.Carry(ref _width);
        carrier.Carry(ref _lastOpenMs);
        carrier.Carry(ref _barsSinceGap);
        carrier.Carry(ref _bars);
        carrier.Carry(ref _squeezeBars);
    }

    private static Bias BiasOf(double close, in Averages at)
    {
        if (close > at.Ema50 && at.Ema50 > at.Ema200) return Bias.Bullish;
        return close < at.Ema50 && at.Ema50 < at.Ema200 ? Bias.Bearish : Bias.Neutral;
    }

    private static Bias Order(in Averages at)
    {
        if (at.Ema20 > at.Ema50 && at.Ema50 > at.Ema200) return Bias.Bullish;
        return at.Ema20 < at.Ema50 && at.Ema50 < at.Ema200 ? Bias.Bearish : Bias.Neutral;
    }

    private void CountBars(in Candle h4)
    {
        var follows = _lastOpenMs == long.MinValue || h4.OpenTimeMs == _lastOpenMs + TimeFrame.H4.Ms();
        _barsSinceGap = follows ? Math.Min(_barsSinceGap + 1, int.MaxValue) : 1;
        _lastOpenMs = h4.OpenTimeMs;
        if (_bars < _options.BarsMin) _bars++;
    }

    /// <summary>Counts the bars with narrow bands and returns the width's percentile.</summary>
    private double Squeeze(double close)
    {
        var bands = _bands.Update(close);
        var rank = _widthRank.Update(bands.Width);
        var isReleased = _options.SqueezeRelease
            && (close > bands.Upper || close < bands.Lower)
            && bands.Width > _width;
        _width = bands.Width;
        _squeezeBars = rank < _options.SqueezePercentile && !isReleased ? _squeezeBars + 1 : 0;
        return rank;
    }

    private double Slope(double now, Func<Averages, double> of) =>
        _averages.Count <= _options.SlopeBars
            ? double.NaN
            : (now - of(_averages.Ago(_options.SlopeBars))) / _options.SlopeBars / now;

    private (MarketRegime Label, Bias Direction) Label(
        in RegimeReading inputs, in Averages averages, in DonchianReading channel)
    {
        var order = Order(averages);
        var adxMin = _current.Label == MarketRegime.Trend ? _options.AdxLeave : _options.AdxEnter;
        if (inputs.Adx > adxMin && order != Bias.Neutral) return (MarketRegime.Trend, order);
        if (inputs.SqueezeBars >= _options.SqueezeBars) return (MarketRegime.Squeeze, Bias.Neutral);

        var isQuiet = inputs.Adx < _options.AdxWeak && inputs.WidthPercentile < _options.QuietPercentile;
        if (!isQuiet) return (MarketRegime.Undecided, Bias.Neutral);
        if (Math.Max(Math.Abs(inputs.Slope20), Math.Abs(inputs.Slope50)) >= _options.FlatSlope)
            return (MarketRegime.Chop, Bias.Neutral);
        return (IsTouched(channel) ? MarketRegime.Range : MarketRegime.Undecided, Bias.Neutral);
    }

    private bool IsTouched(in DonchianReading channel)
    {
        var band = _options.RangeBand * channel.Height;
        var (above, below) = (0, 0);
        for (var ago = 0; ago < Math.Min(_options.RangeBars, _recent.Count); ago++)
        {
            ref readonly var bar = ref _recent.Ago(ago);
            if (bar.High >= channel.Upper - band) above++;
            if (bar.Low <= channel.Lower + band) below++;
        }

        return above >= _options.RangeTouches && below >= _options.RangeTouches;
    }

    private (MarketRegime Label, Bias Direction) Hold((MarketRegime Label, Bias Direction) found)
    {
        var current = (_current.Label, _current.Direction);
        if (found == current || found.Label is MarketRegime.Chop or MarketRegime.Squeeze) return Take(found);

        _candidateBars = found == (_candidate, _candidateDirection) ? _candidateBars + 1 : 1;
        (_candidate, _candidateDirection) = found;
        return _candidateBars >= _options.HoldBars ? Take(found) : current;
    }

    private (MarketRegime Label, Bias Direction) Take((MarketRegime Label, Bias Direction) found)
    {
        _candidateBars = 0;
        return found;
    }

    private double Confidence(in RegimeReading inputs, MarketRegime label) => label switch
    {
        MarketRegime.Trend => Math.Min(inputs.Adx / _options.AdxFull, 1),
        MarketRegime.Squeeze => Math.Min((double)inputs.SqueezeBars / _options.SqueezeBars, 1),
        MarketRegime.Chop or MarketRegime.Range => Math.Max(0, 1 - (inputs.Adx / _options.AdxWeak)),
        _ => 0,
    };

    private readonly record struct Averages(double Ema20, double Ema50, double Ema200);

    private readonly record struct HighLow(double High, double Low);
}
