namespace FuturesBot.Adapters.Pictures;

/// <summary>A level with its line and the label at the price axis.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Price">Quote units.</param>
/// <param name="LineY">Where the line is.</param>
/// <param name="LabelY">Middle of its label: the line stays, the label gives way.</param>
internal readonly record struct PriceMark(LevelKind Kind, decimal Price, double LineY, double LabelY);
