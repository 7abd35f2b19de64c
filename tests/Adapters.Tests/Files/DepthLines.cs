using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace FuturesBot.Adapters.Tests.Files;

/// <summary>Writes recordings as a recorder of web sockets does.</summary>
internal sealed class DepthLines
{
    public const long StartMs = 1_700_000_000_000;

    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public DepthLines Text(string line)
    {
        _lines.Add(line);
        return this;
    }

    /// <param name="first">U.</param>
    /// <param name="final">u.</param>
    /// <param name="previous">pu.</param>
    /// <param name="bids">Such as <c>100.1@2</c>, separated by spaces.</param>
    /// <param name="asks">The same.</param>
    /// <param name="symbol">Whose.</param>
    public DepthLines Update(
        long first, long final, long previous, string bids, string asks = "", string symbol = "TESTUSDT")
    {
        var time = StartMs + (100 * _lines.Count);
        return Message(
            $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@depth","data":{"e":"depthUpdate","E":{{{time}}},"T":{{{time}}},"s":"{{{symbol}}}","U":{{{first}}},"u":{{{final}}},"pu":{{{previous}}},"b":{{{Levels(bids)}}},"a":{{{Levels(asks)}}}}}""");
    }

    public DepthLines Snapshot(long lastUpdateId, string bids, string asks) => Message(
        $$"""{"lastUpdateId":{{lastUpdateId}},"E":{{StartMs}},"T":{{StartMs}},"bids":{{Levels(bids)}},"asks":{{Levels(asks)}}}""");

    public DepthLines Message(string json) =>
        Text(string.Create(CultureInfo.InvariantCulture, $"{(StartMs + (100 * _lines.Count)) * 1_000_000} {json}"));

    public string WriteTo(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', _lines) + "\n");
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, bytes);
            return path;
        }

        using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        file.Write(bytes);
        return path;
    }

    private static string Levels(string levels) => "[" + string.Join(',', levels
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(level => level.Split('@'))
        .Select(level => $"[\"{level[0]}\",\"{level[1]}\"]")) + "]";
}
