using System.Text;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>
/// What the script draws from, as small as it goes: names once in dictionaries, one short array per trade,
/// candles as whole ticks from one to the next. The default JSON encoder escapes &lt;, &gt; and &amp;, so no
/// text can end the script element.
/// </summary>
internal sealed class ReportData
{
    private readonly Utf8JsonWriter _writer;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private ReportData(Utf8JsonWriter writer) => _writer = writer;

    public static void Write(TextWriter output, BacktestReportModel model)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) new ReportData(writer).Write(model);
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private void Write(BacktestReportModel model)
    {
        var panel = model.Summary.Panel;
        var trades = EquityCurve.InOrder(model.Trades);
        _writer.WriteStartObject();
        _writer.WriteNumber("from", Seconds(panel.Options.FromMs));
        _writer.WriteNumber("to", Seconds(panel.Options.ToMs));
        WriteEquity(panel.Equity);
        WriteBuckets(panel.ByScoreBucket);
        _writer.WriteStartArray("trades");
        foreach (var trade in trades) WriteTrade(trade);
        _writer.WriteEndArray();
        WriteDetails(trades, model.Charts);
        _writer.WriteStartArray("names");
        foreach (var name in _names) _writer.WriteStringValue(name);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    private void WriteEquity(IReadOnlyList<EquityPoint> equity)
    {
        _writer.WriteStartArray("equity");
        foreach (var point in equity)
        {
            _writer.WriteStartArray();
            _writer.WriteNumberValue(Seconds(point.TimeMs));
            WriteR(point.NetR);
            WriteR(point.GrossR);
            WriteR(point.DrawdownR);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    private void WriteBuckets(IReadOnlyList<GroupStatistics> buckets)
    {
        _writer.WriteStartArray("buckets");
        foreach (var bucket in buckets)
        {
            _writer.WriteStartArray();
            _writer.WriteStringValue(bucket.Name);
            _writer.WriteNumberValue(bucket.N);
            WriteR(bucket.ExpectancyRNet);
            WriteR(bucket.ExpectancyRNetCi95.Low);
            WriteR(bucket.ExpectancyRNetCi95.High);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    /// <summary>The order of the values is the one that report.js names at its top.</summary>
    private void WriteTrade(TradeRecord trade)
    {
        _writer.WriteStartArray();
        _writer.WriteStringValue(trade.SignalId);
        WriteName(trade.Symbol);
        WriteName(trade.Strategy);
        WriteName(trade.Mode);
        _writer.WriteNumberValue(trade.Direction == "LONG" ? 1 : 0);
        WriteR(trade.Score);
        WriteName(trade.Regime);
        _writer.WriteNumberValue(Seconds(trade.EntryTimeMs));
        _writer.WriteNumberValue(Seconds(trade.ClosedAtMs));
        _writer.WriteNumberValue((int)trade.Outcome);
        WriteR((double)trade.PnlRNet);
        WriteR((double)trade.PnlRGross);
        WriteR(trade.MfeR);
        WriteR(trade.MaeR);
        _writer.WriteNumberValue(trade.Bars);
        WriteName(trade.Exits[^1].Reason);
        WriteName(trade.IsPrimary ? "" : trade.Execution);
        _writer.WriteEndArray();
    }

    private void WriteDetails(TradeRecord[] trades, IReadOnlyList<TradeChart> charts)
    {
        var byId = charts.Take(TradeChart.TradesMax)
            .ToDictionary(c => c.SignalId, StringComparer.Ordinal);
        _writer.WriteStartObject("details");
        foreach (var trade in trades)
        {
            if (byId.TryGetValue(trade.SignalId, out var chart)) WriteDetail(trade, chart);
        }

        _writer.WriteEndObject();
    }

    private void WriteDetail(TradeRecord trade, TradeChart chart)
    {
        _writer.WriteStartObject(trade.SignalId);
        _writer.WriteNumber("dp", chart.Decimals);
        _writer.WriteNumber("f", chart.Frame.Minutes() * chart.BarsPerCandle);
        _writer.WriteNumber("k", chart.BarsPerCandle);
        _writer.WriteNumber("at", Seconds(trade.DecidedAtMs));
        _writer.WriteStartArray("p");
        foreach (var price in (decimal?[])[trade.EntryPrice, trade.Stop, trade.Tp1, trade.Tp2])
            WritePrice(price);
        _writer.WriteEndArray();
        WriteExits(trade.Exits);
        _writer.WriteStartArray("c");
        foreach (var cost in (decimal[])[trade.Fees, trade.Slippage, trade.Funding]) WriteR((double)cost);
        _writer.WriteEndArray();
        WriteParts(trade.ScoreParts);
        _writer.WriteString("h", trade.DecisionHash);
        WriteCandles(chart);
        _writer.WriteEndObject();
    }

    private void WriteExits(IReadOnlyList<TradeExit> exits)
    {
        _writer.WriteStartArray("x");
        foreach (var exit in exits)
        {
            _writer.WriteStartArray();
            _writer.WriteNumberValue(Seconds(exit.TimeMs));
            WritePrice(exit.Price);
            WriteR((double)exit.Fraction);
            WriteName(exit.Reason);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    private void WriteParts(IReadOnlyList<TradeScorePart> parts)
    {
        _writer.WriteStartArray("s");
        foreach (var part in parts)
        {
            _writer.WriteStartArray();
            WriteName(part.Name);
            WriteR(part.Points ?? double.NaN);
            _writer.WriteStringValue(part.Because);
            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }

    /// <summary>
    /// Time and open of the first, then for each candle: minutes since the last one, open − last close, body,
    /// upper and lower wick, in ticks.
    /// </summary>
    private void WriteCandles(TradeChart chart)
    {
        _writer.WriteStartArray("b");
        if (chart.Candles.Count > 0)
        {
            var scale = (double)Power(chart.Decimals);
            long Ticks(double price) => (long)Math.Round(price * scale);
            var (time, close) = (chart.Candles[0].OpenTimeMs, Ticks(chart.Candles[0].Open));
            _writer.WriteNumberValue(Seconds(time));
            _writer.WriteNumberValue(close);
            foreach (var bar in chart.Candles)
            {
                var (o, h, l, c) = (Ticks(bar.Open), Ticks(bar.High), Ticks(bar.Low), Ticks(bar.Close));
                _writer.WriteNumberValue((bar.OpenTimeMs - time) / 60_000);
                _writer.WriteNumberValue(o - close);
                _writer.WriteNumberValue(c - o);
                _writer.WriteNumberValue(h - Math.Max(o, c));
                _writer.WriteNumberValue(Math.Min(o, c) - l);
                (time, close) = (bar.OpenTimeMs, c);
            }
        }

        _writer.WriteEndArray();
    }

    private static decimal Power(int decimals)
    {
        var power = 1m;
        for (var i = 0; i < decimals; i++) power *= 10;
        return power;
    }

    private void WriteName(string name)
    {
        if (!_places.TryGetValue(name, out var place))
        {
            place = _names.Count;
            _names.Add(name);
            _places.Add(name, place);
        }

        _writer.WriteNumberValue(place);
    }

    private void WritePrice(decimal? price)
    {
        if (price is { } value) _writer.WriteExactValue(value);
        else _writer.WriteNullValue();
    }

    /// <summary>Four digits: a picture shows no more.</summary>
    private void WriteR(double value) => _writer.WriteRealValue(Math.Round(value, 4));

    private static long Seconds(long timeMs) => timeMs / 1_000;
}
