using System.Buffers.Binary;
using System.IO.Compression;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// The unpacked bytes of one kline file (<c>.csv</c>, <c>.csv.gz</c>, <c>.zip</c> with one <c>.csv</c>
/// inside), within <see cref="KlineLimits"/>. Damage of any kind is one exception that names the file.
/// </summary>
internal sealed class KlineBytes : IDisposable
{
    private readonly string _path;
    private readonly KlineLimits _limits;
    private readonly FileStream _file;
    private readonly ZipArchive? _zip;
    private readonly ZipArchiveEntry? _entry;
    private readonly Stream _unpacked;
    private readonly long _packedBytes;
    private long _unpackedBytes;
    private uint _crc;

    public KlineBytes(string path, KlineLimits limits)
    {
        _path = path;
        _limits = limits;
        try
        {
            _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KlineFileException(path, $"cannot be opened: {e.Message}", e);
        }

        try
        {
            _packedBytes = _file.Length;
            if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                _zip = new(_file, ZipArchiveMode.Read);
                _entry = OnlyCsv(_zip);
                _packedBytes = _entry.CompressedLength;
                _unpacked = _entry.Open();
            }
            else
            {
                _unpacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                    ? new GZipStream(_file, CompressionMode.Decompress)
                    : _file;
            }
        }
        catch (InvalidDataException e)
        {
            Dispose();
            throw Damaged(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The next bytes; 0 at the end, when everything was whole.</summary>
    /// <exception cref="KlineFileException">Damaged, cut short, or beyond a limit.</exception>
    public int Read(Span<byte> into)
    {
        int count;
        try
        {
            count = _unpacked.Read(into);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Damaged(e);
        }

        if (_entry is not null) _crc = Crc32.Append(_crc, into[..count]);
        if (count == 0) CheckWhole();
        _unpackedBytes += count;
        CheckLimits();
        return count;
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _zip?.Dispose();
        _file.Dispose();
    }

    private ZipArchiveEntry OnlyCsv(ZipArchive zip)
    {
        var found = zip.Entries
            .Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            .Take(2).ToArray();
        if (found.Length != 1)
            throw new KlineFileException(_path, "the archive must hold exactly one .csv file");
        if (found[0].Length > _limits.UnpackedBytesMax)
            throw new KlineFileException(
                _path, $"unpacks to {found[0].Length} bytes, allowed are {_limits.UnpackedBytesMax}");
        return found[0];
    }

    private void CheckLimits()
    {
        if (_unpackedBytes > _limits.UnpackedBytesMax)
            throw new KlineFileException(
                _path, $"unpacks to more than the {_limits.UnpackedBytesMax} bytes allowed");

        // What the archive says about itself is not asked: a bomb lies.
        if (!ReferenceEquals(_unpacked, _file)
            && _unpackedBytes > _limits.RatioFreeBytes
            && _unpackedBytes / _limits.RatioMax > _packedBytes)
            throw new KlineFileException(_path, $"unpacks to more than {_limits.RatioMax} times its size");
    }

    private void CheckWhole()
    {
        if (_entry is not null && (_entry.Length != _unpackedBytes || _entry.Crc32 != _crc))
            throw new KlineFileException(_path, "the archive is damaged: its check sum does not match");
        if (_unpacked is GZipStream && !GzipEndsRight())
            throw new KlineFileException(
                _path, "the archive is cut short, or not exactly one gzip member: its length does not match");
    }

    /// <summary>
    /// A gzip file ends with the length of what it holds, modulo 2³². .NET checks the data but takes a
    /// missing end for the end.
    /// </summary>
    private bool GzipEndsRight()
    {
        const int MemberBytesMin = 18;
        if (_packedBytes < MemberBytesMin) return false;
        Span<byte> end = stackalloc byte[sizeof(uint)];
        _file.Seek(-end.Length, SeekOrigin.End);
        _file.ReadExactly(end);
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == (uint)(_unpackedBytes & uint.MaxValue);
    }

    private KlineFileException Damaged(Exception e) =>
        new(_path, $"the archive is damaged or cut short: {e.Message}", e);
}
