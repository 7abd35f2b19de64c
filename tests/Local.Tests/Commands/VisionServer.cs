using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Tests.Commands;

/// <summary>An archive on loopback, with ranges as the real one has.</summary>
internal sealed class VisionServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly WebApplication _app;

    private VisionServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Paths that end so are answered with this status.</summary>
    public ConcurrentDictionary<string, int> Broken { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<VisionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new VisionServer(app);
        app.MapGet("/{**path}", (HttpContext context) => server.Answer(context.Request.Path.Value!));
        await app.StartAsync();
        return server;
    }

    /// <summary>A zip of candles, with its check sum.</summary>
    public void Publish(Candle[] bars, string symbol, TimeFrame frame, string period)
    {
        var name = $"{symbol}-{frame.Code()}-{period}";
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var text = new StreamWriter(zip.CreateEntry(name + ".csv").Open());
            text.Write(KlineFiles.Header + "\n");
            foreach (var bar in bars) text.Write(KlineFiles.Row(bar, frame) + "\n");
        }

        var path = $"/data/futures/um/{(period.Length == 7 ? "monthly" : "daily")}/klines/{symbol}/{frame.Code()}/{name}.zip";
        _files[path] = memory.ToArray();
        _files[path + ".CHECKSUM"] = System.Text.Encoding.UTF8.GetBytes(
            $"{Convert.ToHexStringLower(SHA256.HashData(memory.ToArray()))}  {name}.zip\n");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(string path)
    {
        Asked.Enqueue(path);
        foreach (var (ending, status) in Broken)
        {
            if (path.EndsWith(ending, StringComparison.Ordinal)) return Results.StatusCode(status);
        }

        return _files.TryGetValue(path, out var bytes)
            ? Results.Bytes(bytes, "application/octet-stream", enableRangeProcessing: true)
            : Results.NotFound();
    }
}
