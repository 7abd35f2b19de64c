namespace FuturesBot.Adapters.Pictures;

/// <summary>What a line of the picture stands for.</summary>
internal enum LevelKind
{
    Target2,
    Target1,
    Entry,
    Stop,
}
