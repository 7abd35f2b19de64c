namespace FuturesBot.Adapters.Pictures;

/// <summary>A colour of the page's palette.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb Of(uint hex) => new((byte)(hex >> 16 & 255), (byte)(hex >> 8 & 255), (byte)(hex & 255));
}
