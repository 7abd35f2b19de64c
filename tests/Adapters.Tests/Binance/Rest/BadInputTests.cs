using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

/// <summary>Rubbish on every endpoint: a clear, counted error, and never a wrong number.</summary>
public sealed class BadInputTests
{
    private static readonly ExchangeOptions Patient = new() { WeightPerMinute = 100_000, WeightShare = 0.95, RetriesMax = 0 };

    // Answers whose content nobody reads: only that they came.
    private static readonly string[] Unread = ["setPositionMode", "setMarginType", "keepListenKey", "closeListenKey"];

    public static TheoryData<string> Calls => [.. EndpointCalls.All.Select(call => call.Name).Except(Unread)];

    private static readonly string[] Rubbish =
    [
        "", " ", "null", "true", "42", "\"text\"", "[", "{", "<html><body>502</body></html>", "[[]]", "[null]", "[1]", "{\"a\":", "\uFEFF",
        new string('[', 200), "{\"code\":0}{\"code\":0}", "NaN", "[NaN]",
    ];

    // Each stands where a number stood.
    private static readonly JsonNode?[] NoNumbers =
    [
        null, "NaN", "Infinity", "-Infinity", "1e400", "99999999999999999999999999999999999999", "0x10", "1,5", " 1", "abc", "\u0661",
        true, new JsonObject(), new JsonArray(), new JsonArray(1),
    ];

    [Theory, MemberData(nameof(Calls))]
    public async Task Answer_ThatIsRubbish_IsAClearCountedError(string name)
    {
        using var exchange = new StubExchange(Patient);
        var call = EndpointCalls.Of(name);
        var counted = 0;
        foreach (var rubbish in Rubbish)
        {
            // Objects without content acknowledge, and a list may be empty of what it lists.
            exchange.Answer(call.Endpoint.Name, rubbish);
            var fault = await FaultOf(call, exchange);
            Assert.True(fault is not null, $"{name} took {rubbish}");
            Assert.Equal(++counted, exchange.Rest.Tally.Faults[(call.Endpoint.Name, ExchangeFault.Malformed)]);
            Assert.DoesNotContain("JsonReader", fault);
        }

        Assert.Contains(exchange.Logs.Lines, line => line.Contains(call.Endpoint.Name) && line.Contains("cannot be read"));
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Answer_CutAnywhere_IsAnError(string name)
    {
        using var exchange = new StubExchange(Patient);
        var call = EndpointCalls.Of(name);
        var whole = Payload.Read(call.Payload).TrimEnd();
        for (var length = 1; length < whole.Length; length += Math.Max(1, whole.Length / 40))
        {
            var cut = whole[..length];
            exchange.Answer(call.Endpoint.Name, cut);
            Assert.True(await FaultOf(call, exchange) is not null, $"{name} took {cut}");
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Answer_WithOneImpossibleNumber_IsReadWithoutItOrNotAtAll(string name)
    {
        var call = EndpointCalls.Of(name);
        var source = Payload.Read(call.Payload);
        var places = Places(JsonNode.Parse(source)!).Count();
        for (var place = 0; place < places; place++)
        {
            using var exchange = new StubExchange(Patient);   // a new one for each: its minute never ends
            var expected = await ValueOf(call, exchange, source);
            foreach (var wrong in NoNumbers)
            {
                var answer = Changed(source, place, wrong);
                if (await FaultOf(call, exchange, answer) is not null) continue;

                // It was read all the same: then from fields that nobody looks at, or as unavailable.
                var read = JsonSerializer.Serialize(await ValueOf(call, exchange, answer), Readable);
                Assert.DoesNotContain("Infinity", read);
                Assert.DoesNotContain("99999999999999", read);
                Assert.True(
                    read.Length <= JsonSerializer.Serialize(expected, Readable).Length + 200, $"{name}, place {place}, {wrong?.ToJsonString()}: {read}");
            }
        }
    }

    [Theory]
    [InlineData("klines", "\"68000.10\"", "\"-68000.10\"")]
    [InlineData("klines", "\"68000.10\"", "\"0\"")]
    [InlineData("klines", "\"1234.567\"", "\"-1\"")]
    [InlineData("klines", "\"600.123\"", "\"9999999\"")]
    [InlineData("klines", "\"68100.00\"", "\"67000.00\"")]
    [InlineData("klines", "45678", "-45678")]
    [InlineData("klines", "1793530800000,", "1793530800001,")]
    [InlineData("klines", "1793531699999", "1793534399999")]
    [InlineData("klines", "1793531700000", "1793530800000")]
    [InlineData("klines", "1793530800000, ", "1793529900000, ")]
    [InlineData("markPriceKlines", "\"68001.12345678\"", "\"NaN\"")]
    [InlineData("markPriceKlines", "\"68099.00000000\"", "\"60000\"")]
    [InlineData("depth", "\"3.210\"", "\"-3.210\"")]
    [InlineData("depth", "\"3.210\"", "\"0\"")]
    [InlineData("depth", "\"3.210\"", "\"3.2100000001\"")]
    [InlineData("depth", "\"68249.90\"", "\"168249.90000000001\"")]
    [InlineData("depth", "\"68249.90\"", "\"100000000000000\"")]
    [InlineData("depth", "\"68249.90\"", "\"68249.70\"")]
    [InlineData("depth", "\"68250.00\"", "\"68260.00\"")]
    [InlineData("depth", "9123456789012", "-1")]
    [InlineData("aggTrades", "\"0.120\"", "\"-0.120\"")]
    [InlineData("aggTrades", "3000000002", "3000000001")]
    [InlineData("ticker", "BTCUSDT", "ETHUSDT")]
    [InlineData("ticker", "\"10329052345.67\"", "\"-1\"")]
    [InlineData("premiumIndex", "BTCUSDT", "ETHUSDT")]
    [InlineData("premiumIndex", "\"68251.12345678\"", "\"0\"")]
    [InlineData("fundingRate", "BTCUSDT", "ETHUSDT")]
    [InlineData("openInterest", "BTCUSDT", "ETHUSDT")]
    [InlineData("openInterest", "\"89123.456\"", "\"-1\"")]
    [InlineData("openInterestHist", "BTCUSDT", "ETHUSDT")]
    [InlineData("positionRisk", "BTCUSDT", "ETHUSDT")]
    [InlineData("positionRisk", "\"BOTH\"", "\"SIDEWAYS\"")]
    [InlineData("userTrades", "BTCUSDT", "ETHUSDT")]
    [InlineData("userTrades", "\"SELL\"", "\"GIVE\"")]
    [InlineData("userTrades", "\"0.010\"", "\"-0.010\"")]
    [InlineData("commissionRate", "BTCUSDT", "btcusdt")]
    [InlineData("symbolConfig", "CROSSED", "MIXED")]
    [InlineData("leverageBracket", "BTCUSDT", "ETHUSDT")]
    [InlineData("setLeverage", "BTCUSDT", "ETHUSDT")]
    [InlineData("order", "BTCUSDT", "ETHUSDT")]
    [InlineData("order", "\"SELL\"", "\"\"")]
    [InlineData("allAlgoOrders", "BTCUSDT", "ETHUSDT")]
    [InlineData("createListenKey", "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1", "")]
    [InlineData("exchangeInfo", "\"symbols\"", "\"contracts\"")]
    public async Task Answer_WithSomethingThatCannotBe_IsRefused(string name, string right, string wrong)
    {
        using var exchange = new StubExchange(Patient);
        var (call, source) = (EndpointCalls.Of(name), Payload.Read(EndpointCalls.Of(name).Payload));
        Assert.Contains(right, source);

        Assert.NotNull(await FaultOf(call, exchange, source.Replace(right, wrong)));
        Assert.Equal(1, exchange.Rest.Tally.FaultsOf(ExchangeFault.Malformed));
    }

    [Fact]
    public async Task Answer_WithMoreThanWasAskedFor_IsRefused()
    {
        using var exchange = new StubExchange(Patient);
        exchange.Answer("GET /fapi/v1/klines", Payload.Read("klines"));
        await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 3, RequestLane.History));

        exchange.Answer("GET /fapi/v1/depth", Payload.Read("depth").Replace("[\"68249.80\", \"0.005\"],", "[\"68249.80\", \"1\"], [\"68249.70\", \"1\"], [\"68249.60\", \"1\"], [\"68249.50\", \"1\"],"));
        await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.DepthAsync(EndpointCalls.Btc, 5, RequestLane.History));
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Answer_WithFieldsOfNextYear_IsReadAsBefore(string name)
    {
        using var exchange = new StubExchange(Patient);
        var call = EndpointCalls.Of(name);
        var source = Payload.Read(call.Payload);
        var changed = JsonNode.Parse(source)!;
        foreach (var owner in Objects(changed).ToList()) owner["fieldOfNextYear"] = new JsonObject { ["x"] = new JsonArray(1, "2", null) };

        Assert.Equal(
            JsonSerializer.Serialize(await ValueOf(call, exchange, source), Readable),
            JsonSerializer.Serialize(await ValueOf(call, exchange, changed.ToJsonString()), Readable));
    }

    [Theory]
    [InlineData(400, "<html>")]
    [InlineData(400, "")]
    [InlineData(400, "[]")]
    [InlineData(400, "{\"code\":\"many\",\"msg\":7}")]
    [InlineData(400, "{\"code\":99999999999,\"msg\":null}")]
    [InlineData(500, "{\"msg\":\"\\ud800\"}")]
    [InlineData(700, "{}")]
    public async Task Error_OfNoKnownForm_IsStillAnError(int status, string body)
    {
        using var exchange = new StubExchange(new() { RetriesMax = 0 });
        exchange.Answer("GET /fapi/v1/openInterest", body, status);

        await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.OpenInterestAsync(EndpointCalls.Btc));
    }

    public static TheoryData<string> AllCalls => [.. EndpointCalls.All.Select(call => call.Name)];

    [Theory, MemberData(nameof(AllCalls))]
    public async Task AnswerOfAnyOtherStatus_WithRubbish_IsAClearFaultAndNeverAnAcceptedOrder(string name)
    {
        var call = EndpointCalls.Of(name);
        var turn = 0;
        foreach (var status in (int[])[302, 400, 401, 403, 404, 408, 409, 418, 429, 451, 500, 502, 503, 504, 700])
        {
            // Three bodies to a status, in turn: all of them to all would be seven thousand calls.
            for (var i = 0; i < 3; i++)
            {
                var body = ErrorBodies[turn++ % ErrorBodies.Length];
                using var exchange = new StubExchange(Patient);
                exchange.Reply(call.Endpoint.Name, _ => Bytes(body, status));

                var fault = await FaultOfStatusAsync(call, exchange);

                Assert.True(fault is { Length: > 0 }, $"{name} took {status} with {Encoding.Latin1.GetString(body)}");
                Assert.Contains(call.Endpoint.Path, fault);
                Assert.DoesNotContain("SECRET", fault);   // what a page in between says is not quoted
                Assert.True(fault.Length < 600, fault);
                Assert.NotEmpty(exchange.Rest.Tally.Faults);
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Answer_ThatIsNotCompressedAsItSays_IsUnreadable(string encoding)
    {
        var fault = await OverSocketAsync(encoding, "these are no compressed bytes"u8.ToArray());
        Assert.Equal(ExchangeFault.Malformed, fault.Fault);
        Assert.Contains("/fapi/v1/openInterest", fault.Message);
    }

    [Fact]
    public async Task Answer_CompressedAndCutShort_IsAFault()
    {
        var whole = Compressed(new string(' ', 5_000) + "{}");
        var fault = await OverSocketAsync("gzip", whole[..(whole.Length / 2)]);
        Assert.Contains(fault.Fault, (ExchangeFault[])[ExchangeFault.Malformed, ExchangeFault.Unreachable]);
    }

    [Fact]
    public async Task Answer_ThatUnpacksToMoreThanTheMost_IsNotUnpackedToItsEnd()
    {
        var bomb = Compressed(new string(' ', 64 << 20));
        Assert.True(bomb.Length < 1 << 20, $"{bomb.Length} bytes");

        var fault = await OverSocketAsync("gzip", bomb);

        Assert.Equal(ExchangeFault.Malformed, fault.Fault);
        Assert.Contains("more than 1 MiB", fault.Message);
    }

    private static readonly byte[][] ErrorBodies =
    [
        [], "<html>SECRET</html>"u8.ToArray(), "{"u8.ToArray(), "[["u8.ToArray(), "null"u8.ToArray(), [0xFF, 0xFE, 0x00],
        "{\"code\":1e400,\"msg\":[]}"u8.ToArray(), "{\"code\":{},\"msg\":{}}"u8.ToArray(), "SECRET NaN"u8.ToArray(),
        Encoding.UTF8.GetBytes("{\"code\":-9999,\"msg\":\"" + new string('x', 5_000) + "\"}"),
    ];

    private static HttpResponseMessage Bytes(byte[] body, int status) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };

    private static async Task<string?> FaultOfStatusAsync(EndpointCalls.EndpointCall call, StubExchange exchange)
    {
        try
        {
            var value = await exchange.Let(call.Send(exchange.Rest));
            return (value?.GetType().GetProperty("Error")?.GetValue(value) as RestError)?.ToString();
        }
        catch (ExchangeException e)
        {
            return e.Message;
        }
    }

    private static byte[] Compressed(string text)
    {
        using var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Fastest)) pack.Write(Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }

    // Compression is the transport's, so a socket is needed.
    private static async Task<ExchangeException> OverSocketAsync(string encoding, byte[] body)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        async Task AnswerAsync()
        {
            using var socket = await listener.AcceptTcpClientAsync(cancel);
            await RawHttp.ReadAsync(socket.GetStream(), cancel);
            var head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nConnection: close\r\n\r\n");
            try
            {
                await socket.GetStream().WriteAsync(head.Concat(body).ToArray(), cancel);
            }
            catch (IOException)
            {
                // The client had enough.
            }
        }

        var answering = AnswerAsync();
        using var exchange = new BinanceExchange(new(
            ExchangeAddresses.OnLoopback(((IPEndPoint)listener.LocalEndpoint).Port), Keys: null, new() { RetriesMax = 0, AnswerMaxMib = 1 },
            new BanNotes(), new AlertNotes(), new LogNotes(), TimeProvider.System));
        var fault = await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.OpenInterestAsync(EndpointCalls.Btc, cancel: cancel));
        await answering;
        return fault;
    }

    private static readonly JsonSerializerOptions Readable = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static async Task<string?> FaultOf(EndpointCalls.EndpointCall call, StubExchange exchange, string answer)
    {
        exchange.Answer(call.Endpoint.Name, answer);
        return await FaultOf(call, exchange);
    }

    // The text of the fault; null when the answer was taken. Any other exception ends the test.
    private static async Task<string?> FaultOf(EndpointCalls.EndpointCall call, StubExchange exchange)
    {
        try
        {
            var value = await call.Send(exchange.Rest);
            var unknown = value?.GetType().GetProperty("Error")?.GetValue(value) as RestError;
            return unknown?.ToString();
        }
        catch (ExchangeException e)
        {
            Assert.Equal(ExchangeFault.Malformed, e.Fault);
            return e.Message;
        }
    }

    private static async Task<object?> ValueOf(EndpointCalls.EndpointCall call, StubExchange exchange, string answer)
    {
        exchange.Answer(call.Endpoint.Name, answer);
        return await call.Send(exchange.Rest);
    }

    private static string Changed(string source, int place, JsonNode? wrong)
    {
        var root = JsonNode.Parse(source)!;
        var leaf = Places(root).ElementAt(place);
        leaf.ReplaceWith(wrong?.DeepClone());
        return root.ToJsonString();
    }

    // Every leaf that holds a number, as number or as text.
    private static IEnumerable<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject owner => owner.Where(field => field.Value is not null).SelectMany(field => Places(field.Value!)),
        JsonArray list => list.Where(entry => entry is not null).SelectMany(entry => Places(entry!)),
        _ => double.TryParse(node.ToString(), out _) ? [node] : [],
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(field => Objects(field.Value)).Append(owner),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
