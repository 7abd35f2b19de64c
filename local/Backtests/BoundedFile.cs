namespace FuturesBot.Local.Backtests;

/// <summary>A new file that does not grow beyond a length.</summary>
/// <param name="longest">Bytes; a write beyond it is an <see cref="IOException"/>.</param>
internal sealed class BoundedFile(string path, long longest)
    : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20)
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        Check(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    private void Check(int count)
    {
        if (Position + count <= longest) return;
        throw new IOException(
            $"The ledger of this run would be longer than {longest >> 20} MiB; choose ledger lean or off, fewer symbols, or a shorter time");
    }
}
