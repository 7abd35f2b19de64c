using System.Security.Cryptography;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// The bytes of a ledger line, the same for writer and verifier:
/// <c>{"seq":N,"prev":"…","kind":"…",payload…,"hash":"…"}</c> and a line feed. <c>hash</c> is the SHA-256
/// of the line's own UTF-8 bytes with <c>,"hash":"…"</c> taken out, so that it covers every other byte;
/// <c>prev</c> is the hash of the line before, 64 zeros in the first. Hex is lower case.
/// </summary>
internal static class LedgerFormat
{
    public const int HashChars = SHA256.HashSizeInBytes * 2;

    public static ReadOnlySpan<byte> SeqHead => "{\"seq\":"u8;

    public static ReadOnlySpan<byte> PrevHead => ",\"prev\":\""u8;

    public static ReadOnlySpan<byte> KindHead => "\",\"kind\":\""u8;

    public static ReadOnlySpan<byte> HashHead => ",\"hash\":\""u8;

    public static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Bytes from <see cref="HashHead"/> to the end of the line.</summary>
    public static int TailBytes => HashHead.Length + HashChars + End.Length;

    /// <summary>Hex of the hash over <paramref name="body"/>, the line without its hash field.</summary>
    public static void Hash(ReadOnlySpan<byte> body, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        ToHex(hash, hex);
    }

    public static void ToHex(ReadOnlySpan<byte> bytes, Span<byte> hex)
    {
        if (!Convert.TryToHexStringLower(bytes, hex, out _))
            throw new ArgumentException($"{bytes.Length} bytes are not {hex.Length} hex digits", nameof(hex));
    }
}
