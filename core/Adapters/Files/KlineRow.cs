using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Parses one row. The fast path only says yes or no; <see cref="Explain"/> finds out why not.
/// </summary>
internal struct KlineRow(TimeFrame frame)
{
    /// <summary>
    /// Times before 2001 are seconds or nonsense; from 2^46 ms on they can only be microseconds.
    /// </summary>
    private const long MsMin = 1_000_000_000_000, MsEnd = 100_000_000_000_000, UsEnd = MsEnd * 1000;

    private static readonly string[] Columns =
    [
        "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "count",
        "taker_buy_volume", "taker_buy_quote_volume", "ignore",
    ];

    private readonly TimeFrame _frame = frame;
    private readonly long _length = frame.Ms();
    private TickScan _rowTick;

    /// <summary>The tick of all accepted rows.</summary>
    public TickScan Tick;

    public bool TryParse(ReadOnlySpan<byte> line, out Candle candle)
    {
        candle = default;
        var at = 0;
        _rowTick = Tick;
        if (!TryTime(line, ref at, out var openMs, out var perMs)) return false;
        if (!TryPrice(line, ref at, out var open) || !TryPrice(line, ref at, out var high)) return false;
        if (!TryPrice(line, ref at, out var low) || !TryPrice(line, ref at, out var close)) return false;
        if (!TryNumber(line, ref at, out var volume)) return false;
        if (!Comma(line, ref at) || !TryInteger(line, ref at, out var closeTime)) return false;
        if (closeTime != ((openMs + _length) * perMs) - 1) return false;
        if (!TryOptional(line, ref at, out var quoteVolume)) return false;
        if (!Comma(line, ref at)) return false;
        var trades = -1L;
        if (!IsEmpty(line, at) && !TryInteger(line, ref at, out trades)) return false;
        if (!TryOptional(line, ref at, out var takerBuy) || !TryOptional(line, ref at, out _)) return false;
        if (!Comma(line, ref at) || line[at..].IndexOf((byte)',') >= 0) return false;
        if (quoteVolume < 0) return false;
        candle = new(openMs, open, high, low, close, volume, quoteVolume, takerBuy, trades);
        return candle.Fault(_frame) is null;
    }

    /// <summary>Counts the prices of the row just parsed into <see cref="Tick"/>.</summary>
    public void Accept() => Tick = _rowTick;

    /// <summary>Why <see cref="TryParse"/> said no. Slow: only refused rows pay for it.</summary>
    public readonly string Explain(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return "the row is empty";
        var found = line.Count((byte)',') + 1;
        if (found != Columns.Length) return $"the row has {found} columns, {Columns.Length} are expected";

        var at = 0;
        var values = new double[Columns.Length];
        var integers = new long[Columns.Length];
        var reasons = new List<string>();
        for (var column = 0; column < Columns.Length - 1; column++)
        {
            if (ExplainField(line, at, column, ref values[column], ref integers[column]) is { } reason)
                reasons.Add(reason);
            at += KlineNumber.Field(line, at).Length + 1;
        }

        // All at once: who mends one column of a file should know about the others.
        if (reasons.Count > 0) return string.Join("; ", reasons);
        var perMs = integers[0] < MsEnd ? 1 : 1000;
        var openMs = integers[0] / perMs;
        var candle = new Candle(
            openMs, values[1], values[2], values[3], values[4], values[5], values[7], values[9], integers[8]);
        if (candle.Fault(_frame) is { } fault) return fault;
        if (integers[6] != ((openMs + _length) * perMs) - 1)
            return $"close_time {integers[6]} is not the last moment of "
                + $"the {_frame.Code()} candle that opens at {integers[0]}";
        return $"quote_volume {values[7]} is below 0";
    }

    private static string? ExplainField(
        ReadOnlySpan<byte> line, int at, int column, ref double value, ref long integer)
    {
        var text = KlineFileReader.Printable(KlineNumber.Field(line, at));
        var name = Columns[column];
        var mayMiss = column is 7 or 8 or 9 or 10;
        if (text.Length == 0)
        {
            (value, integer) = (double.NaN, -1);
            return mayMiss ? null : $"{name} is missing: the row is cut short";
        }

        if (column is 0 or 6 or 8)
        {
            var from = at;
            if (!TryInteger(line, ref from, out integer)) return $"{name} '{text}' is not a whole number";
            if (column == 0 && integer is < MsMin or >= UsEnd)
                return $"{name} {integer} is neither milliseconds nor microseconds "
                    + "since 1970 of this century";
            return column == 0 && integer >= MsEnd && integer % 1000 != 0
                ? $"{name} {integer} is not a whole number of milliseconds"
                : null;
        }

        return KlineNumber.TryRead(line, ref at, out value, out _, out _)
            ? null
            : $"{name} '{text}' is not a number";
    }

    private static bool TryTime(ReadOnlySpan<byte> line, ref int at, out long ms, out long perMs)
    {
        perMs = 1;
        if (!TryInteger(line, ref at, out ms) || ms < MsMin || ms >= UsEnd) return false;
        if (ms < MsEnd) return true;
        perMs = 1000;   // spot archives are in microseconds since 2025
        var whole = ms % 1000 == 0;
        ms /= 1000;
        return whole;
    }

    private bool TryPrice(ReadOnlySpan<byte> line, ref int at, out double price)
    {
        price = 0;
        if (!Comma(line, ref at)) return false;
        var from = at;
        if (!KlineNumber.TryRead(line, ref at, out price, out var digits, out var decimals)) return false;
        if (decimals < 0) _rowTick.AddSlowly(line[from..at]);
        else _rowTick.Add(digits, decimals);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> line, ref int at, out double value)
    {
        value = 0;
        return Comma(line, ref at) && KlineNumber.TryRead(line, ref at, out value, out _, out _);
    }

    /// <summary>An empty field is NaN: the source does not have it.</summary>
    private static bool TryOptional(ReadOnlySpan<byte> line, ref int at, out double value)
    {
        value = double.NaN;
        if (!Comma(line, ref at)) return false;
        return IsEmpty(line, at) || KlineNumber.TryRead(line, ref at, out value, out _, out _);
    }

    private static bool TryInteger(ReadOnlySpan<byte> line, ref int at, out long value)
    {
        const int DigitsMax = 18;   // more would overflow
        value = 0;
        var from = at;
        for (; at < line.Length; at++)
        {
            var digit = unchecked((uint)line[at] - '0');
            if (digit > 9) break;
            value = unchecked((value * 10) + digit);
        }

        return at - from is > 0 and <= DigitsMax && (at == line.Length || line[at] == ',');
    }

    private static bool IsEmpty(ReadOnlySpan<byte> line, int at) => at == line.Length || line[at] == ',';

    private static bool Comma(ReadOnlySpan<byte> line, ref int at)
    {
        if (at >= line.Length || line[at] != ',') return false;
        at++;
        return true;
    }
}
