using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>
/// The same rules written a second time, over whole documents and numbers of any size, with no thought of speed.
/// Shares no code with the decoder but the types that it fills.
/// </summary>
internal sealed partial class ReferenceDecoder(SymbolTable symbols)
{
    private static readonly string[] Pairs = ["pu", "st", "ps", "nq", "ap"];

    /// <summary>What <see cref="RecordedEvents"/> writes down for the message.</summary>
    public List<string> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return [RecordedEvents.Refused];
        }
    }

    private List<string> Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array) return Each(root);
        if (root.ValueKind != JsonValueKind.Object) return [RecordedEvents.Refused];

        var members = root.EnumerateObject().Select(p => (Name: Name(p), p.Value)).ToArray();
        JsonElement[] Named(string name) => [.. members.Where(m => m.Name == name).Select(m => m.Value)];
        var (names, data) = (Named("e"), Named("data"));
        if (names.Length > 1 || data.Length > 1) return [RecordedEvents.Refused];
        if (names.Length == 1) return [Event(root, "")];
        if (data.Length == 1)
        {
            var stream = Named("stream") is [.., { ValueKind: JsonValueKind.String } last] ? StreamName(last) : "";
            return data[0].ValueKind switch
            {
                JsonValueKind.Object => [Event(data[0], stream)],
                JsonValueKind.Array => Each(data[0]),
                _ => [RecordedEvents.Refused],
            };
        }

        var errors = (JsonElement[])[.. members.Where(m => m.Name is "error" or "code").Select(m => m.Value)];
        if (errors is [] && Named("result") is []) return [RecordedEvents.Refused];
        var id = Named("id") is [.., { ValueKind: JsonValueKind.Number } number] && number.TryGetInt64(out var value)
            ? value
            : default(long?);
        return [new StreamAnswer(id, errors is [], errors.Select(Code).LastOrDefault(c => c is not null)).ToString()];
    }

    private static int? Code(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.Number) return error.TryGetInt32(out var code) ? code : null;
        if (error.ValueKind != JsonValueKind.Object) return null;
        return error.EnumerateObject()
            .Where(p => Name(p) == "code" && p.Value.ValueKind == JsonValueKind.Number)
            .Select(p => p.Value.TryGetInt32(out var code) ? code : default(int?))
            .LastOrDefault(c => c is not null);
    }

    private List<string> Each(JsonElement array) => [.. array.EnumerateArray().Select(e => Event(e, ""))];

    private string Event(JsonElement data, string stream)
    {
        if (data.ValueKind != JsonValueKind.Object) return RecordedEvents.Refused;

        var members = data.EnumerateObject().Select(p => (Name: Name(p), p.Value)).ToArray();
        var names = members.Where(m => m.Name == "e" && m.Value.ValueKind == JsonValueKind.String).ToArray();
        if (names.Length != 1) return RecordedEvents.Refused;

        var name = Text(names[0].Value);
        if (name is not ("depthUpdate" or "aggTrade" or "kline" or "bookTicker" or "markPriceUpdate"))
            return RecordedEvents.Text(OtherKind(name), Raw(data));

        var markets = members.Where(m => m.Name == "st" && m.Value.ValueKind != JsonValueKind.Null).ToArray();
        var market = markets is [] ? BigInteger.One : Number(markets[0].Value, 0);
        if (markets.Length > 1 || market is null || BigInteger.Abs(market.Value) > long.MaxValue)
            return RecordedEvents.Refused;
        var suffix = stream.Contains('@') ? stream[(stream.IndexOf('@') + 1)..] : "depth";
        if (name == "depthUpdate" && suffix != "depth" && !suffix.StartsWith("depth@", StringComparison.Ordinal))
            return RecordedEvents.Text(StreamEventKind.OtherDepth, Raw(data));
        if (market != 1) return RecordedEvents.LeftOut;

        try
        {
            var fields = new Values(data);
            return name switch
            {
                "depthUpdate" => Depth(fields),
                "aggTrade" => AggTrade(fields),
                "kline" => Kline(fields),
                "bookTicker" => BookTicker(fields),
                _ => MarkPrice(fields),
            };
        }
        catch (FormatException)
        {
            return RecordedEvents.Refused;
        }
    }

    private string Depth(Values fields)
    {
        var update = DepthUpdate.Of(
            Symbol(fields["s"]), Integer(fields["E"]), Integer(fields["T"]),
            Integer(fields["U"]), Integer(fields["u"]), Integer(fields["pu"], from: -1),
            Levels(fields["b"]), Levels(fields["a"]));
        Demand(update.FirstId <= update.LastId);
        return RecordedEvents.Text(update);
    }

    private static BookLevel[] Levels(JsonElement side)
    {
        Demand(side.ValueKind == JsonValueKind.Array && side.GetArrayLength() <= DepthUpdate.LevelsMax);
        return [.. side.EnumerateArray().Select(Level)];
    }

    private static BookLevel Level(JsonElement level)
    {
        Demand(level.ValueKind == JsonValueKind.Array && level.GetArrayLength() >= 2);
        var (price, quantity) = (Fixed(level[0]), Fixed(level[1]));
        Demand(price > 0);
        return new(price, quantity);
    }

    private string AggTrade(Values fields)
    {
        var trade = new AggTrade(
            Symbol(fields["s"]), Integer(fields["E"]), Integer(fields["T"]), Integer(fields["a"]),
            fields.Has("f") ? Integer(fields["f"], from: -1) : -1,
            fields.Has("l") ? Integer(fields["l"], from: -1) : -1,
            Fixed(fields["p"]), Fixed(fields["q"]), Optional(fields, "nq"), Flag(fields["m"]));
        Demand(trade.Price > 0 && (trade.LastTradeId < 0 || trade.FirstTradeId <= trade.LastTradeId));
        return trade.ToString();
    }

    private string BookTicker(Values fields) =>
        new BookTicker(
            Symbol(fields["s"]), Integer(fields["E"]), Integer(fields["T"]), Integer(fields["u"]),
            Fixed(fields["b"]), Fixed(fields["B"]), Fixed(fields["a"]), Fixed(fields["A"])).ToString();

    private string MarkPrice(Values fields)
    {
        var next = fields.Has("T") ? Integer(fields["T"]) : 0;
        var mark = new MarkPriceUpdate(
            Symbol(fields["s"]), Integer(fields["E"]), Fixed(fields["p"]),
            Optional(fields, "i"), Optional(fields, "ap"), Optional(fields, "P"),
            Optional(fields, "r", signed: true), next == 0 ? null : next);
        Demand(mark.MarkPrice > 0);
        return mark.ToString();
    }

    private string Kline(Values fields)
    {
        var symbol = Symbol(fields["s"]);
        var eventMs = Integer(fields["E"]);
        Demand(fields["k"].ValueKind == JsonValueKind.Object);
        var k = new Values(fields["k"]);
        Demand(k["i"].ValueKind == JsonValueKind.String);
        var inner = k.Has("s") ? Symbol(k["s"]) : symbol;
        var lastMs = k.Has("T") ? Integer(k["T"]) : default(long?);
        _ = TimeFrames.TryParse(Text(k["i"]), out var frame);
        var kline = new KlineUpdate(
            symbol, frame, eventMs, Integer(k["t"]), Fixed(k["o"]), Fixed(k["h"]), Fixed(k["l"]), Fixed(k["c"]),
            Double(k["v"]), k.Has("q") ? Double(k["q"]) : double.NaN,
            k.Has("V") ? Double(k["V"]) : double.NaN, k.Has("Q") ? Double(k["Q"]) : double.NaN,
            k.Has("n") ? Integer(k["n"]) : -1, k.Has("f") ? Integer(k["f"], from: -1) : -1,
            k.Has("L") ? Integer(k["L"], from: -1) : -1, Flag(k["x"]));
        if (frame == default) return RecordedEvents.LeftOut;

        Demand(inner == symbol && kline.OpenMs % frame.Ms() == 0);
        Demand(lastMs is null || lastMs - kline.OpenMs == frame.Ms() - 1);
        Demand(kline.Low > 0 && kline.Low <= kline.Open && kline.Low <= kline.Close);
        Demand(kline.High >= kline.Open && kline.High >= kline.Close);
        Demand(double.IsNaN(kline.TakerBuyVolume) || kline.TakerBuyVolume <= kline.Volume * (1 + 1e-9));
        return kline.ToString();
    }

    private int Symbol(JsonElement value)
    {
        Demand(value.ValueKind == JsonValueKind.String);
        for (var i = 0; i < symbols.Count; i++)
        {
            if (symbols[i].Name == Text(value)) return i;
        }

        throw new FormatException();
    }

    private static long Integer(JsonElement value, long from = 0) => Within(Number(value, 0), from);

    private static long Fixed(JsonElement value) => Within(Number(value, 8), 0);

    private static long? Optional(Values fields, string name, bool signed = false)
    {
        if (!fields.Has(name)) return null;
        if (fields[name].ValueKind == JsonValueKind.String && Text(fields[name]) == "") return null;
        return Within(Number(fields[name], 8), signed ? -long.MaxValue : 0);
    }

    private static double Double(JsonElement value)
    {
        Demand(NumberText(value) is not null);
        var number = double.Parse(NumberText(value)!, NumberStyles.Float, CultureInfo.InvariantCulture);
        Demand(number >= 0 && double.IsFinite(number));
        return number == 0 ? 0 : number;
    }

    private static bool Flag(JsonElement value)
    {
        Demand(value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        return value.ValueKind == JsonValueKind.True;
    }

    private static long Within(BigInteger? number, long from)
    {
        Demand(number is not null && number >= from && number <= long.MaxValue);
        return (long)number!.Value;
    }

    /// <summary>The number times 10^decimals; null when that is no whole number, or no number at all.</summary>
    private static BigInteger? Number(JsonElement value, int decimals)
    {
        if (NumberText(value) is not { } text) return null;
        var parts = Form().Match(text);
        var fraction = parts.Groups["fraction"].Value;
        var digits = BigInteger.Parse(parts.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        if (digits.IsZero) return digits;

        var exponent = parts.Groups["e"].Value is { Length: > 0 } e
            ? BigInteger.Parse(e, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : 0;
        var shift = exponent + decimals - fraction.Length;
        if (BigInteger.Abs(shift) > 1_000) return null;   // out of every form, on the one side or the other
        var power = BigInteger.Pow(10, (int)BigInteger.Abs(shift));
        if (shift < 0 && digits % power != 0) return null;
        var scaled = shift < 0 ? digits / power : digits * power;
        return parts.Groups["sign"].Value == "-" ? -scaled : scaled;
    }

    private static string? NumberText(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => Text(value),
            _ => null,
        };
        var length = text is null ? 0 : value.GetRawText().Length - (value.ValueKind == JsonValueKind.String ? 2 : 0);
        return text is not null && length <= 128 && Form().IsMatch(text) ? text : null;
    }

    [GeneratedRegex(@"\A(?<sign>-?)(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]+))?(?:[eE](?<e>[+-]?[0-9]+))?\z", RegexOptions.None, 1_000)]
    private static partial Regex Form();

    private static void Demand(bool condition)
    {
        if (!condition) throw new FormatException();
    }

    private static StreamEventKind OtherKind(string? name) => name switch
    {
        "trade" => StreamEventKind.Trade,
        "forceOrder" => StreamEventKind.ForceOrder,
        "ORDER_TRADE_UPDATE" => StreamEventKind.OrderTradeUpdate,
        "TRADE_LITE" => StreamEventKind.TradeLite,
        "ACCOUNT_UPDATE" => StreamEventKind.AccountUpdate,
        "ACCOUNT_CONFIG_UPDATE" => StreamEventKind.AccountConfigUpdate,
        "ALGO_UPDATE" => StreamEventKind.AlgoUpdate,
        "CONDITIONAL_ORDER_TRIGGER_REJECT" => StreamEventKind.ConditionalOrderTriggerReject,
        "MARGIN_CALL" => StreamEventKind.MarginCall,
        "listenKeyExpired" => StreamEventKind.ListenKeyExpired,
        _ => StreamEventKind.Unknown,
    };

    private static byte[] Raw(JsonElement element) => System.Runtime.InteropServices.JsonMarshal
        .GetRawUtf8Value(element).ToArray();

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)   // bytes or escapes that name no letter
        {
            return null;
        }
    }

    /// <summary>Letters that are no valid UTF-8 do not matter here: what follows the <c>@</c> does.</summary>
    private static string StreamName(JsonElement value)
    {
        var raw = Encoding.Latin1.GetString(Raw(value)).Trim('"');
        return raw.Contains('\\') ? Text(value) ?? "" : raw;
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Fields by name, each once; null is not sent.</summary>
    private sealed class Values
    {
        private readonly Dictionary<string, JsonElement> _values = [];

        public Values(JsonElement data)
        {
            foreach (var property in data.EnumerateObject())
            {
                if (Name(property) is not { } name || property.Value.ValueKind == JsonValueKind.Null) continue;
                var isKnown = (name.Length == 1 && name[0] is >= 'A' and <= 'z') || Pairs.Contains(name);
                if (isKnown) Demand(_values.TryAdd(name, property.Value));
            }
        }

        public JsonElement this[string name] =>
            _values.TryGetValue(name, out var value) ? value : throw new FormatException();

        public bool Has(string name) => _values.ContainsKey(name);
    }
}
