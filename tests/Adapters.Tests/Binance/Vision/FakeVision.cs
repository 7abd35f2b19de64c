using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Tests.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Tests.Binance.Vision;

/// <summary>An archive in memory that serves ranges, with faults on demand.</summary>
internal sealed class FakeVision : HttpMessageHandler
{
    private readonly Dictionary<string, byte[]> _files = [];

    public static Uri Address { get; } = new("http://archive.test");

    /// <summary>Every path asked for, with the range where there was one.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What is answered instead; null: the file.</summary>
    public Func<string, HttpResponseMessage?>? Instead { get; set; }

    /// <summary>The connection is cut after so many bytes of a zip; null: it is not.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Whether ranges are served; else the whole file comes.</summary>
    public bool Ranges { get; set; } = true;

    /// <summary>A zip of candles with its check sum, as the archive publishes it.</summary>
    public byte[] Publish(SeriesInfo series, ArchivePeriod period, string text, TempFolder folder)
    {
        var path = VisionPath.Of(series, period);
        var file = folder["published/" + path.Name];
        KlineText.Write(file, text);
        return Publish(series, period, File.ReadAllBytes(file));
    }

    public byte[] Publish(SeriesInfo series, ArchivePeriod period, byte[] zip, string? sha256 = null)
    {
        var path = VisionPath.Of(series, period);
        _files[path.Under(Address).AbsolutePath] = zip;
        _files[path.Under(Address, VisionPath.ChecksumEnding).AbsolutePath] =
            System.Text.Encoding.UTF8.GetBytes($"{sha256 ?? Convert.ToHexStringLower(SHA256.HashData(zip))}  {path.Name}\n");
        return zip;
    }

    public VisionClient Client(VisionLimits? limits = null) =>
        new(new HttpClient(this, disposeHandler: false), Address, limits ?? new(), TimeProvider.System);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var from = request.Headers.Range?.Ranges.Single().From;
        Asked.Add(path.Split('/')[^1] + (from is null ? "" : $" from {from}"));
        if (Instead?.Invoke(path) is { } other) return Task.FromResult(other);
        if (!_files.TryGetValue(path, out var bytes)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        if (from >= bytes.Length && Ranges) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable));
        var start = Ranges ? (int)(from ?? 0) : 0;
        var isPart = Ranges && from is not null;
        var cut = path.EndsWith(".zip", StringComparison.Ordinal) ? CutAfter : null;
        var answer = new HttpResponseMessage(isPart ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new StreamContent(new CutStream(bytes[start..], cut ?? int.MaxValue)),
        };
        answer.Content.Headers.ContentLength = bytes.Length - start;
        if (isPart) answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(start, bytes.Length - 1, bytes.Length);
        return Task.FromResult(answer);
    }

    /// <summary>Breaks off after a number of bytes, as a connection does.</summary>
    private sealed class CutStream(byte[] bytes, int cutAfter) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = (int)Math.Min(buffer.Length, cutAfter - Position);
            return left <= 0 && Position < Length
                ? throw new HttpIOException(HttpRequestError.ResponseEnded)
                : base.ReadAsync(buffer[..Math.Max(0, left)], cancellationToken);
        }
    }
}
