using System.Net.Sockets;
using System.Text;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>HTTP/1.1 by hand, for tests that look at every letter on the wire.</summary>
internal static class RawHttp
{
    /// <summary>A request, head and body, letter for letter; null when the other side is done.</summary>
    public static async Task<string?> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4_096];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && bytes.Count >= head + 4 + LengthIn(text[..head])) return text;
            var count = await stream.ReadAsync(buffer, cancel);
            if (count == 0) return null;
            bytes.AddRange(buffer.AsSpan(0, count));
        }
    }

    public static async Task WriteAsync(NetworkStream stream, int status, string type, string body, string headers, CancellationToken cancel)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var head = Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {content.Length}\r\n{headers}\r\n");
        await stream.WriteAsync(head.Concat(content).ToArray(), cancel);
    }

    private static int LengthIn(string head) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.Split(':')[1])
            : 0;
}
