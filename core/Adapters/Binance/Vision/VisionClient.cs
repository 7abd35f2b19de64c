using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>
/// Gets files of the archive onto the disk, whole and checked. A file that was cut off goes on where it was; it gets its
/// name only when its check sum is the published one.
/// </summary>
/// <param name="http">Should follow redirects and not time out before <see cref="VisionLimits.FileTimeout"/>.</param>
/// <param name="baseAddress">Base of <c>/data/futures/um/…</c>.</param>
/// <param name="limits">Bounds.</param>
/// <param name="time">Wall time.</param>
public sealed class VisionClient(HttpClient http, Uri baseAddress, VisionLimits limits, TimeProvider time)
{
    private const int Sha256Letters = 64;
    private const int ChecksumBytesMax = 1024;
    private const string PartEnding = ".part";

    /// <summary>The published SHA-256 of a file, lower-case hexadecimal; null when there is no such file, or not yet.</summary>
    /// <exception cref="VisionException">The archive cannot be reached, or answers something else.</exception>
    public Task<string?> ChecksumAsync(VisionPath path, CancellationToken cancel = default) => AskAsync(
        path.Under(baseAddress, VisionPath.ChecksumEnding),
        async (address, stop) =>
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            Check(answer, address);
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            var text = new byte[ChecksumBytesMax];
            var count = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, stop);
            return Parse(Encoding.UTF8.GetString(text, 0, count), path.Name);
        },
        cancel);

    /// <summary>Gets a file; afterwards it is whole and has the check sum.</summary>
    /// <param name="path">Which.</param>
    /// <param name="sha256">Its published check sum.</param>
    /// <param name="file">Where it goes; its folder is made when missing.</param>
    /// <param name="cancel">Ends it; what has come stays for the next time.</param>
    /// <exception cref="VisionException">It could not be had, or is not what its check sum says.</exception>
    public async Task DownloadAsync(VisionPath path, string sha256, string file, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);

        // A part belongs to one version of the file: of a revised one nothing old may be left.
        var part = $"{file}.{sha256[..16]}{PartEnding}";
        var address = path.Under(baseAddress);
        var goesOn = File.Exists(part);
        await AskAsync(address, (_, stop) => AppendAsync(address, part, stop), cancel);
        if (await HashAsync(part, cancel) != sha256)
        {
            File.Delete(part);
            if (!goesOn) throw NotTheSame(address);
            await AskAsync(address, (_, stop) => AppendAsync(address, part, stop), cancel);
            if (await HashAsync(part, cancel) != sha256)
            {
                File.Delete(part);
                throw NotTheSame(address);
            }
        }

        File.Move(part, file, overwrite: true);
        foreach (var other in Directory.EnumerateFiles(Path.GetDirectoryName(part)!, Path.GetFileName(file) + ".*" + PartEnding)) File.Delete(other);
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static async Task<string> HashAsync(string file, CancellationToken cancel = default)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    /// <summary>Reads the line that <c>sha256sum</c> writes.</summary>
    /// <exception cref="VisionException">It is none, or of another file.</exception>
    internal static string Parse(string text, string name)
    {
        var words = text.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 2 || words[0].Length != Sha256Letters || !words[0].All(char.IsAsciiHexDigit))
            throw new VisionException($"the check sum of {name} is not readable");
        if (words.Length == 2 && words[1].TrimStart('*') != name)
            throw new VisionException($"the check sum of {name} is of another file");
        return words[0].ToLowerInvariant();
    }

    private async Task<bool> AppendAsync(Uri address, string part, CancellationToken cancel)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var question = new HttpRequestMessage(HttpMethod.Get, address);
        if (file.Length > 0) question.Headers.Range = new(file.Length, to: null);
        using var answer = await http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return true;   // it is whole, or it is another: the hash tells
        Check(answer, address);
        if (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != file.Length) file.SetLength(0);
        file.Seek(0, SeekOrigin.End);
        if (answer.Content.Headers.ContentLength + file.Length > limits.PackedBytesMax) throw TooLarge(address);

        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[1 << 16];
        for (int count; (count = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (file.Length + count > limits.PackedBytesMax)
            {
                file.SetLength(0);   // what the answer says of its length is not believed
                throw TooLarge(address);
            }

            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        return true;
    }

    /// <summary>Asks within the time for one file; whatever goes wrong on the way is one kind of exception.</summary>
    private async Task<T> AskAsync<T>(Uri address, Func<Uri, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limits.FileTimeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await ask(address, ends.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new VisionException($"{address} did not answer in time", e);
        }
        catch (HttpRequestException e)
        {
            throw new VisionException($"{address} cannot be reached: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException and not VisionException)
        {
            throw new VisionException($"{address} was cut off: {e.Message}", e);
        }
    }

    private static void Check(HttpResponseMessage answer, Uri address)
    {
        if (answer.IsSuccessStatusCode) return;
        var code = (int)answer.StatusCode;
        throw new VisionException(code switch
        {
            403 => $"{address} answered 403: the archive refuses this address, or a proxy on the way does",
            451 => $"{address} answered 451: the archive is not served to the place from which it is asked",
            404 => $"{address} is not there, though its check sum is",
            _ => $"{address} answered {code}",
        });
    }

    private static VisionException NotTheSame(Uri address) => new($"{address} is not what its check sum says");

    private VisionException TooLarge(Uri address) =>
        new($"{address} has more than the {limits.PackedBytesMax} bytes that are allowed");
}
