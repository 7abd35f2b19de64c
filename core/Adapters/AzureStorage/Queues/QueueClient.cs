using System.Globalization;
using System.Text;
using Azure.Core;
using FuturesBot.Adapters.AzureStorage.Blobs;

namespace FuturesBot.Adapters.AzureStorage.Queues;

/// <summary>
/// One queue: neither in order nor exactly once. Bodies travel as base64, the form that the queue trigger of Azure Functions
/// expects unless host.json says otherwise.
/// </summary>
public sealed class QueueClient
{
    /// <summary>Bytes of a body: 64 KiB of base64 hold 48.</summary>
    public const int BodyMaxBytes = 48 * 1024;

    private readonly StoragePipe _pipe;

    internal QueueClient(StoragePipe pipe, string name)
    {
        (_pipe, Name) = (pipe, name);
    }

    public string Name { get; }

    /// <summary>Makes the queue; one that is there is fine.</summary>
    public async Task CreateAsync(CancellationToken cancel = default)
    {
        if (!_pipe.MakesMissing) return;
        using var message = _pipe.Message(RequestMethod.Put, Name);
        await _pipe.MakeAsync(message, cancel, 201, 204, 409);
    }

    /// <summary>Deletes the queue with its messages; one that is not there is fine.</summary>
    public async Task DropAsync(CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Delete, Name);
        await _pipe.SendAsync(message, cancel, 204, 404);
    }

    /// <param name="body">At most <see cref="BodyMaxBytes"/>.</param>
    /// <param name="after">Not visible before; at once when null.</param>
    /// <param name="life">How long it is kept; seven days when null.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArgumentException">The body is too long.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan? after = null, TimeSpan? life = null, CancellationToken cancel = default)
    {
        if (body.Length > BodyMaxBytes)
            throw new ArgumentException($"A message had {body.Length} bytes; {BodyMaxBytes} are allowed", nameof(body));
        var query = new List<(string, string)>();
        if (after is { } wait) query.Add(("visibilitytimeout", Seconds(wait)));
        if (life is { } kept) query.Add(("messagettl", Seconds(kept)));
        using var message = _pipe.Message(RequestMethod.Post, $"{Name}/messages", [.. query]);
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(
            $"<QueueMessage><MessageText>{Convert.ToBase64String(body.Span)}</MessageText></QueueMessage>"));
        await _pipe.SendAsync(message, cancel, 201);
    }

    /// <summary>Up to so many messages (1 to 32), invisible to others for a while. A body that is no base64 comes as it is.</summary>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan invisible, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(
            RequestMethod.Get, $"{Name}/messages",
            ("numofmessages", count.ToString(CultureInfo.InvariantCulture)), ("visibilitytimeout", Seconds(invisible)));
        var response = await _pipe.SendAsync(message, cancel, 200);
        return [.. BlobContainer.Xml(response).Root!.Elements("QueueMessage").Select(found => new QueueMessage(
            found.Element("MessageId")!.Value,
            found.Element("PopReceipt")!.Value,
            Body(found.Element("MessageText")!.Value),
            int.Parse(found.Element("DequeueCount")!.Value, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Done with it; false when it was received again by somebody meanwhile, or is gone.</summary>
    public async Task<bool> DeleteAsync(QueueMessage received, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(
            RequestMethod.Delete, $"{Name}/messages/{Uri.EscapeDataString(received.Id)}", ("popreceipt", received.Receipt));
        return (await _pipe.SendAsync(message, cancel, 204, 400, 404)).Status == 204;
    }

    /// <summary>
    /// Hides it for longer, or shows it sooner; gives it with its new receipt, null when it was received again meanwhile or is gone.
    /// </summary>
    public async Task<QueueMessage?> HideAsync(QueueMessage received, TimeSpan invisible, CancellationToken cancel = default)
    {
        using var message = _pipe.Message(
            RequestMethod.Put, $"{Name}/messages/{Uri.EscapeDataString(received.Id)}",
            ("popreceipt", received.Receipt), ("visibilitytimeout", Seconds(invisible)));
        message.Request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        var response = await _pipe.SendAsync(message, cancel, 204, 400, 404);
        return response.Status == 204 && response.Headers.TryGetValue("x-ms-popreceipt", out var receipt) && receipt is not null
            ? received with { Receipt = receipt }
            : null;
    }

    /// <summary>About how many messages there are, the invisible ones included.</summary>
    public async Task<int> CountAsync(CancellationToken cancel = default)
    {
        using var message = _pipe.Message(RequestMethod.Get, Name, ("comp", "metadata"));
        var response = await _pipe.SendAsync(message, cancel, 200);
        return response.Headers.TryGetValue("x-ms-approximate-messages-count", out var count)
            ? int.Parse(count!, CultureInfo.InvariantCulture)
            : throw new StorageException($"Queue {Name} does not tell its length", 200, "");
    }

    private static string Seconds(TimeSpan span) => ((long)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Body(string text)
    {
        var bytes = new byte[((text.Length + 3) / 4) * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : Encoding.UTF8.GetBytes(text);
    }
}
