using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace FuturesBot.Adapters.AzureStorage.Blobs;

/// <summary>One container: block blobs that are written whole, append blobs that only grow, and leases.</summary>
public sealed class BlobContainer
{
    /// <summary>
    /// Bytes that are written at once; longer blobs go in blocks and are committed together. Writes are billed by their number and not by
    /// their bytes, so the state of a kernel of 500 symbols (50 MiB) goes as one.
    /// </summary>
    public const int BlockMaxBytes = 64 * 1024 * 1024;

    /// <summary>Bytes that one append holds at most.</summary>
    public const int AppendMaxBytes = 4 * 1024 * 1024;

    // Pieces of what is read in pieces: small enough that the collector takes back each one that was read, and moves what is left.
    private const int PieceBytes = 64 * 1024;

    // The pipe's own retries end when the answer has begun.
    private const int BodyTries = 3;

    private readonly StoragePipe _pipe;
    private readonly int _blockBytes;

    internal BlobContainer(StoragePipe pipe, string name, int blockBytes = BlockMaxBytes)
    {
        (_pipe, Name, _blockBytes) = (pipe, name, blockBytes);
    }

    public string Name { get; }

    /// <summary>Makes the container; one that is there is fine.</summary>
    /// <remarks>It looks first: making one costs twelve times as much, also in vain, and every instance that starts asks for its containers.</remarks>
    public async Task CreateAsync(CancellationToken cancel = default)
    {
        if (!_pipe.MakesMissing) return;
        using var look = _pipe.Message(RequestMethod.Head, Name, ("restype", "container"));
        if ((await _pipe.SendAsync(look, cancel, 200, 403, 404)).Status == 200) return;
        using var message = _pipe.Message(RequestMethod.Put, Name, ("restype", "container"));
        await _pipe.MakeAsync(message, cancel, 201, 409);
    }

    /// <summary>Deletes the container with all that it holds; one that is not there is fine.</summary>
    public async Task DropAsync(CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Delete, Name, ("restype", "container"));
        await _pipe.SendAsync(message, cancel, 202, 404);
    }

    /// <summary>Writes a blob whole, in blocks where it is long; a reader sees the old or the new one.</summary>
    /// <param name="blob">Name with folders.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="ifMatch">The version that it must have; <c>*</c> for any; null where it need not be there.</param>
    /// <param name="ifNew">It must not be there yet.</param>
    /// <param name="leaseId">The lease under which it is written; null without one.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>What became of it, and its version when it was written.</returns>
    public async Task<(BlobOutcome Outcome, string? ETag)> PutAsync(
        string blob, ReadOnlyMemory<byte> bytes, string? ifMatch = null, bool ifNew = false, string? leaseId = null, CancellationToken cancel = default)
    {
        if (bytes.Length > _blockBytes) return await PutBlocksAsync(blob, bytes, ifMatch, ifNew, leaseId, cancel);
        using var message = _pipe.Message(RequestMethod.Put, Path(blob));
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        return await WriteAsync(message, bytes, ifMatch, ifNew, leaseId, cancel);
    }

    /// <summary>Makes an empty append blob; <see cref="BlobOutcome.Changed"/> when there is one.</summary>
    public async Task<BlobOutcome> CreateAppendAsync(string blob, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Put, Path(blob));
        message.Request.Headers.SetValue("x-ms-blob-type", "AppendBlob");
        return (await WriteAsync(message, default, null, ifNew: true, null, cancel)).Outcome;
    }

    /// <summary>
    /// Appends at a position, so that a repeat after an unknown outcome cannot double it: the blob is then longer, and the
    /// caller looks at what stands there.
    /// </summary>
    /// <param name="blob">An append blob.</param>
    /// <param name="position">Its length so far, bytes.</param>
    /// <param name="bytes">At most <see cref="AppendMaxBytes"/>.</param>
    /// <param name="leaseId">The lease under which it is written; null without one.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns><see cref="BlobOutcome.Changed"/> when its length is another.</returns>
    public async Task<BlobOutcome> AppendAsync(
        string blob, long position, ReadOnlyMemory<byte> bytes, string? leaseId = null, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Put, Path(blob), ("comp", "appendblock"));
        message.Request.Headers.SetValue("x-ms-blob-condition-appendpos", position.ToString(CultureInfo.InvariantCulture));
        return (await WriteAsync(message, bytes, null, false, leaseId, cancel)).Outcome;
    }

    /// <summary>A blob or a part of it; null when it is not there.</summary>
    /// <param name="blob">Name with folders.</param>
    /// <param name="from">First byte.</param>
    /// <param name="count">Bytes at most; to the end when null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<BlobContent?> GetAsync(string blob, long from = 0, long? count = null, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = _pipe.Message(RequestMethod.Get, Path(blob));
            message.BufferResponse = false;
            if (from > 0 || count is not null)
            {
                var end = count is { } some ? (from + some - 1).ToString(CultureInfo.InvariantCulture) : "";
                message.Request.Headers.SetValue("x-ms-range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{end}"));
            }

            var response = await _pipe.SendAsync(message, cancel, 200, 206, 404, 416);
            if (response.Status == 404) return null;
            if (response.Status == 416) return await LengthAsync(blob, cancel) is { } known ? new(default, known.Length, known.ETag) : null;
            try
            {
                var bytes = await BodyAsync(response, cancel);
                var length = response.Headers.TryGetValue("Content-Range", out var range) && range is not null
                    ? long.Parse(range[(range.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture)
                    : bytes.Length;
                return new(bytes, length, ETagOf(response));
            }
            catch (IOException cut)
            {
                if (attempt == BodyTries) throw BrokeOff(blob, attempt, cut);
            }
        }
    }

    /// <summary>A whole blob in pieces, for whoever lets each go once it is read; null when it is not there.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> GetPiecesAsync(string blob, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = _pipe.Message(RequestMethod.Get, Path(blob));
            message.BufferResponse = false;
            var response = await _pipe.SendAsync(message, cancel, 200, 404);
            if (response.Status == 404) return null;
            try
            {
                return await PiecesAsync(response, cancel);
            }
            catch (IOException cut)
            {
                if (attempt == BodyTries) throw BrokeOff(blob, attempt, cut);
            }
        }
    }

    private static StorageException BrokeOff(string blob, int attempts, IOException cut) =>
        new($"Blob {blob} broke off while it was read, {attempts} times: {cut.Message}", 0, "", cut);

    private static async Task<List<ReadOnlyMemory<byte>>> PiecesAsync(Response response, CancellationToken cancel)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        if (response.ContentStream is not { } stream) return pieces;
        var left = response.Headers.ContentLengthLong ?? long.MaxValue;
        while (left > 0)
        {
            var piece = new byte[Math.Min(left, PieceBytes)];
            var read = await stream.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: response.Headers.ContentLengthLong is not null, cancel);
            if (read > 0) pieces.Add(piece.AsMemory(0, read));
            if (read < piece.Length) break;   // the end of an answer that did not say its length
            left -= read;
        }

        return pieces;
    }

    // Into an array of its length: a buffer that grows while the answer comes would take up to three times as much, and states are long.
    private static async Task<byte[]> BodyAsync(Response response, CancellationToken cancel)
    {
        if (response.ContentStream is not { } stream) return [];
        if (response.Headers.ContentLengthLong is { } length)
        {
            var bytes = new byte[length];
            await stream.ReadExactlyAsync(bytes, cancel);
            return bytes;
        }

        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancel);
        return all.ToArray();
    }

    /// <summary>Length and version without content; null when it is not there.</summary>
    public async Task<(long Length, string ETag)?> LengthAsync(string blob, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Head, Path(blob));
        var response = await _pipe.SendAsync(message, cancel, 200, 404);
        return response.Status == 404 ? null : (response.Headers.ContentLengthLong ?? 0, ETagOf(response));
    }

    /// <summary>Deletes a blob; false when it is not there.</summary>
    public async Task<bool> DeleteAsync(string blob, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Delete, Path(blob));
        return (await _pipe.SendAsync(message, cancel, 202, 404)).Status == 202;
    }

    /// <summary>Blobs whose names begin so, in order of name, page after page as they are wanted.</summary>
    public async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, int pageBlobs = 5000, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var marker = "";
        do
        {
            var query = new List<(string, string)>
            {
                ("restype", "container"), ("comp", "list"), ("prefix", prefix), ("maxresults", pageBlobs.ToString(CultureInfo.InvariantCulture)),
            };
            if (marker.Length > 0) query.Add(("marker", marker));
            using var message = _pipe.Message(RequestMethod.Get, Name, [.. query]);
            var response = await _pipe.SendAsync(message, cancel, 200);
            var page = Xml(response).Root!;
            foreach (var blob in page.Element("Blobs")!.Elements("Blob"))
            {
                var properties = blob.Element("Properties")!;
                yield return new(
                    blob.Element("Name")!.Value,
                    long.Parse(properties.Element("Content-Length")!.Value, CultureInfo.InvariantCulture),
                    Quoted(properties.Element("Etag")!.Value),
                    DateTimeOffset.Parse(properties.Element("Last-Modified")!.Value, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
            }

            marker = page.Element("NextMarker")?.Value ?? "";
        }
        while (marker.Length > 0);
    }

    /// <summary>Takes a lease on a blob that ends when it is given back or broken; null when somebody else has it.</summary>
    public async Task<string?> AcquireLeaseAsync(string blob, CancellationToken cancel = default)
    {
        using var message = Lease(blob, "acquire");
        message.Request.Headers.SetValue("x-ms-lease-duration", "-1");
        var response = await _pipe.SendAsync(message, cancel, 201, 403, 409);
        return response.Status == 201 && response.Headers.TryGetValue("x-ms-lease-id", out var id) ? id : null;
    }

    /// <summary>Ends somebody else's lease at once; false when the blob has another version, or no lease.</summary>
    /// <param name="blob">Name with folders.</param>
    /// <param name="ifMatch">The version that the blob must have.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<bool> BreakLeaseAsync(string blob, string ifMatch, CancellationToken cancel = default)
    {
        using var message = Lease(blob, "break");
        message.Request.Headers.SetValue("x-ms-lease-break-period", "0");
        message.Request.Headers.SetValue("If-Match", ifMatch);
        return (await _pipe.SendAsync(message, cancel, 202, 404, 409, 412)).Status == 202;
    }

    /// <summary>Gives a lease back; false when it was lost before.</summary>
    public async Task<bool> ReleaseLeaseAsync(string blob, string leaseId, CancellationToken cancel = default)
    {
        using var message = Lease(blob, "release");
        message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        return (await _pipe.SendAsync(message, cancel, 200, 404, 409)).Status == 200;
    }

    private HttpMessage Lease(string blob, string action)
    {
        var message = _pipe.Message(RequestMethod.Put, Path(blob), ("comp", "lease"));
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        message.Request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        return message;
    }

    private async Task<(BlobOutcome Outcome, string? ETag)> PutBlocksAsync(
        string blob, ReadOnlyMemory<byte> bytes, string? ifMatch, bool ifNew, string? leaseId, CancellationToken cancel)
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (var (at, number) = (0, 0); at < bytes.Length; at += _blockBytes, number++)
        {
            var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(number.ToString("D6", CultureInfo.InvariantCulture)));
            list.Append("<Latest>").Append(id).Append("</Latest>");
            using var block = _pipe.Message(RequestMethod.Put, Path(blob), ("comp", "block"), ("blockid", id));
            if (leaseId is not null) block.Request.Headers.SetValue("x-ms-lease-id", leaseId);
            block.Request.Content = RequestContent.Create(bytes.Slice(at, Math.Min(_blockBytes, bytes.Length - at)));
            var written = await _pipe.SendAsync(block, cancel, 201, 412);
            if (written.Status != 201) return (BlobOutcome.Changed, null);
        }

        list.Append("</BlockList>");
        using var message = _pipe.Message(RequestMethod.Put, Path(blob), ("comp", "blocklist"));
        return await WriteAsync(message, Encoding.UTF8.GetBytes(list.ToString()), ifMatch, ifNew, leaseId, cancel);
    }

    private async Task<(BlobOutcome Outcome, string? ETag)> WriteAsync(
        HttpMessage message, ReadOnlyMemory<byte> bytes, string? ifMatch, bool ifNew, string? leaseId, CancellationToken cancel)
    {
        if (ifMatch is not null) message.Request.Headers.SetValue("If-Match", ifMatch);
        if (ifNew) message.Request.Headers.SetValue("If-None-Match", "*");
        if (leaseId is not null) message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        message.Request.Content = RequestContent.Create(bytes);
        var response = await _pipe.SendAsync(message, cancel, 201, 404, 409, 412);
        return response.Status switch
        {
            201 => (BlobOutcome.Done, ETagOf(response)),
            404 => (BlobOutcome.Missing, null),
            _ => (BlobOutcome.Changed, null),
        };
    }

    private string Path(string blob) => $"{Name}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}";

    private static string ETagOf(Response response) => response.Headers.ETag?.ToString("H") ?? "";

    private static string Quoted(string etag) => etag.StartsWith('"') ? etag : $"\"{etag}\"";

    /// <summary>A listing without document types: nothing in it can make the reader fetch or grow.</summary>
    internal static XDocument Xml(Response response)
    {
        using var reader = XmlReader.Create(
            response.Content.ToStream(), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader);
    }
}
