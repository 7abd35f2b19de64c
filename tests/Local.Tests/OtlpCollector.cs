using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Tests;

/// <summary>A receiver of OTLP over HTTP on loopback. It reads of the protobuf what the tests ask for: spans and names of metrics.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _web;

    private OtlpCollector(WebApplication web) => _web = web;

    public ConcurrentBag<ReceivedSpan> Spans { get; } = [];

    public ConcurrentDictionary<string, bool> Metrics { get; } = new();

    public ConcurrentBag<string> Lines { get; } = [];

    /// <summary>All bytes that came, as they came.</summary>
    public ConcurrentBag<byte[]> Bodies { get; } = [];

    public string Address => _web.Urls.First();

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var collector = new OtlpCollector(web);
        web.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Take(signal, body.ToArray());
            return Results.Bytes([], "application/x-protobuf");
        });
        await web.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private void Take(string signal, byte[] body)
    {
        Bodies.Add(body);
        // ExportXServiceRequest.resource_x = 1, ResourceX.scope_x = 2, ScopeX.x = 2: the same for all three signals.
        foreach (var resource in Parts(body, 1))
        {
            foreach (var scope in Parts(resource, 2))
            {
                foreach (var one in Parts(scope, 2))
                {
                    if (signal == "traces") Spans.Add(Span(one));
                    if (signal == "metrics") Metrics[Text(one, 1)] = true;
                    if (signal == "logs") Lines.Add(Text(Parts(one, 5).First(), 1));
                }
            }
        }
    }

    private static ReceivedSpan Span(ReadOnlyMemory<byte> span) => new(
        Convert.ToHexStringLower(Parts(span, 1).First().Span), Convert.ToHexStringLower(Parts(span, 2).First().Span),
        Parts(span, 4).Select(id => Convert.ToHexStringLower(id.Span)).FirstOrDefault(""), Text(span, 5),
        Parts(span, 9).Where(pair => Parts(Parts(pair, 2).First(), 1).Any()).ToDictionary(pair => Text(pair, 1), pair => Text(Parts(pair, 2).First(), 1)));

    private static string Text(ReadOnlyMemory<byte> message, int field) => Parts(message, field).Select(part => Encoding.UTF8.GetString(part.Span)).FirstOrDefault("");

    /// <summary>The length-delimited fields of one number.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    Number(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    var length = (int)Number(message.Span, ref at);
                    if ((int)(key >> 3) == field) yield return message.Slice(at, length);
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type was {key & 7}");
            }
        }
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return number;
        }
    }
}
