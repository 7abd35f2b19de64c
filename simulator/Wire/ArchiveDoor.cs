using System.Text;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>The public archive: zips with their checksums, whole or from a byte on. No limit counts it.</summary>
internal sealed class ArchiveDoor(VisionArchive archive, ExchangeContext context, FaultControl faults)
{
    private static readonly byte[] NoSuchKey =
        """<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"""u8.ToArray();

    public static bool Leads(string path) => path.StartsWith("/data/", StringComparison.Ordinal);

    public async Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var call = $"GET {path}";
        if (faults.OfCall(FaultKind.Latency, call, null) is { } latency)
            await Task.Delay(TimeSpan.FromMilliseconds(latency.Ms), context.Wall, http.RequestAborted);
        if (faults.OfCall(FaultKind.TimeoutBefore, call, null) is { } lost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(lost.Ms), context.Wall, http.RequestAborted);
            http.Abort();
            return;
        }

        if (faults.OfCall(FaultKind.ServiceUnavailable, call, null) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (Find(path) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = "application/xml";
            await http.Response.Body.WriteAsync(NoSuchKey, http.RequestAborted);
            return;
        }

        if (faults.OfCall(FaultKind.RubbishAnswer, call, null) is { } rubbish) body = Spoiled.Rubbish(body, rubbish.Dice);
        await SendAsync(http, body);
    }

    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.Headers.AcceptRanges = "bytes";
        http.Response.ContentType = "application/zip";
        if (http.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From is { } from)
        {
            if (from >= body.Length)
            {
                http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                return;
            }

            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {from}-{body.Length - 1}/{body.Length}";
            body = body[(int)from..];
        }

        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private ReadOnlyMemory<byte>? Find(string path)
    {
        if (!archive.TryParse(path, out var key, out var isChecksum)) return null;
        ArchiveFile? file;
        lock (context.Gate) file = archive.Get(key);
        if (file is null) return null;   // in one expression null would become an empty memory
        return isChecksum ? Encoding.UTF8.GetBytes(file.Checksum) : file.Zip;
    }
}
