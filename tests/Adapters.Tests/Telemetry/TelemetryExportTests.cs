using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telemetry;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://ingestion.invalid/";
    private const string Token = "123456789:AAF-secret_secret_secret_secret_secret";
    private const string ListenKey = "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1";

    [Fact]
    public void Start_NothingWanted_IsNull() => Assert.Null(TelemetryExport.Start(new(), "futuresbot-test", new Dictionary<string, string>()));

    [Theory]
    [InlineData("localhost", "", "telemetry.otlp")]
    [InlineData("", "ftp://there", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void Of_AddressThatIsNone_SaysWhere(string setting, string variable, string where)
    {
        var environment = new Dictionary<string, string> { [TelemetryTargets.OtlpVariable] = variable };

        var wrong = Assert.Throws<InvalidDataException>(() => TelemetryTargets.Of(new() { Otlp = setting }, environment));

        Assert.Contains(where, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("InstrumentationKey=no-guid;IngestionEndpoint=https://ingestion.invalid/")]
    [InlineData("IngestionEndpoint=https://ingestion.invalid/")]
    public void Of_ConnectionStringThatIsNone_IsRefusedAndNotRepeated(string connection)
    {
        var wrong = Assert.Throws<InvalidDataException>(() => TelemetryTargets.Of(new(), new Dictionary<string, string> { [TelemetryTargets.ConnectionVariable] = connection }));

        Assert.StartsWith("APPLICATIONINSIGHTS_CONNECTION_STRING is not one", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(connection, wrong.Message, StringComparison.Ordinal);
    }

    // Application Insights' own exporter, with a transport of ours: what would have gone out, with which right, and nothing else.
    [Fact]
    public void Start_ApplicationInsights_SendsCleanSpansLinesAndMetricsWithAToken()
    {
        using var wire = new Wire();
        var targets = new TelemetryTargets(Otlp: null, IsGrpc: false, Connection);
        using (var export = TelemetryExport.Start(new(), "futuresbot-test", targets, new FixedCredential(), new Redactor(), wire)!)
        {
            using var loggers = LoggerFactory.Create(export.AddTo);
            for (var i = 0; i < 40; i++)
            {
                using var span = BotTelemetry.Source.StartActivity(Spans.Move, ActivityKind.Internal, default(ActivityContext));
                span!.SetTag(Attributes.SignalId, $"signal-{i}").SetTag("url.full", $"https://api.telegram.org/bot{Token}/sendMessage")
                    .SetTag(Attributes.Reason, $"went to /ws/{ListenKey}");
                span.SetStatus(ActivityStatusCode.Error, $"listenKey={ListenKey}");
            }

            var log = loggers.CreateLogger("FuturesBot.Test");
#pragma warning disable CA1848, CA2254 // a line for one test
            log.LogWarning(new InvalidOperationException($"https://api.telegram.org/bot{Token}/getMe"), "Asked {Address}", $"https://api.telegram.org/bot{Token}/getMe");
#pragma warning restore CA1848, CA2254
            Counts.Stored("tables", "transaction");
            export.Flush(TimeSpan.FromSeconds(20));
        }

        var items = wire.Bodies.SelectMany(body => body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var all = string.Join('\n', wire.Bodies);
        string[] Kinds(string type) => [.. items.Where(item => item.GetProperty("data").GetProperty("baseType").GetString() == type).Select(item => item.GetRawText())];
        Assert.Equal(40, Kinds("RemoteDependencyData").Count(text => text.Contains("\"futuresbot.signal_id\":\"signal-", StringComparison.Ordinal)));   // no limit a second tears traces
        Assert.Contains(Kinds("MetricData"), text => text.Contains(Metrics.StorageOperations, StringComparison.Ordinal));
        Assert.Contains(Kinds("MessageData").Concat(Kinds("ExceptionData")), text => text.Contains("/bot***", StringComparison.Ordinal));
        Assert.Contains("futuresbot-test", all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_secret", all, StringComparison.Ordinal);
        Assert.DoesNotContain(ListenKey, all, StringComparison.Ordinal);
        Assert.DoesNotContain("api.telegram.org/bot1", all, StringComparison.Ordinal);
        Assert.All(wire.Asked, asked => Assert.Equal(("ingestion.invalid", "Bearer test-token"), asked));
    }

    private sealed class FixedCredential : TokenCredential
    {
        private static readonly AccessToken Given = new("test-token", DateTimeOffset.MaxValue);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Given;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Given);
    }

    /// <summary>Takes every request in and says that it was accepted.</summary>
    private sealed class Wire : HttpPipelineTransport, IDisposable
    {
        private readonly HttpClientTransport _requests = new();
        private readonly Lock _gate = new();

        public List<string> Bodies { get; } = [];

        public List<(string Host, string Right)> Asked { get; } = [];

        public void Dispose() => _requests.Dispose();

        public override Request CreateRequest() => _requests.CreateRequest();

        public override void Process(HttpMessage message)
        {
            using var body = new MemoryStream();
            message.Request.Content?.WriteTo(body, CancellationToken.None);
            var bytes = body.ToArray();
            if (bytes is [0x1f, 0x8b, ..])
            {
                using var zipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                using var plain = new MemoryStream();
                zipped.CopyTo(plain);
                bytes = plain.ToArray();
            }

            var text = Encoding.UTF8.GetString(bytes);
            lock (_gate)
            {
                Bodies.Add(text);
                Asked.Add((message.Request.Uri.Host ?? "", message.Request.Headers.TryGetValue("Authorization", out var right) ? right! : ""));
            }

            var count = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            message.Response = new Accepted($$"""{"itemsReceived":{{count}},"itemsAccepted":{{count}},"errors":[]}""");
        }

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Process(message);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Accepted(string body) : Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, out string value)
        {
            value = "";
            return false;
        }

        protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
        {
            values = [];
            return false;
        }
    }
}
