namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Which order gives way when two of one account would trade with each other. It is the incoming order's
/// choice.
/// </summary>
internal enum SelfTradePrevention
{
    ExpireMaker,
    ExpireTaker,
    ExpireBoth,
}
