using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Draws the picture that a message names, when it is sent. The symbol's candles are read under the runner's gate, a few
/// microseconds; the drawing itself holds nothing.
/// </summary>
internal sealed class SignalPictures(MarketRunner runner, ISignalPicture painter, Func<long, ChatSettings> settingsOf)
{
    /// <summary>A PNG; null when the signal or its symbol is not there any more, or has too few candles.</summary>
    public byte[]? Draw(string key, long chatId)
    {
        if (!key.StartsWith(SignalTeller.PicturePrefix, StringComparison.Ordinal)) return null;
        SignalPictureFacts facts;
        lock (runner.Gate)
        {
            if (runner.Signals.Find(key[SignalTeller.PicturePrefix.Length..]) is not { State.Plan: var plan }) return null;
            if (runner.Pipeline.Desks.FirstOrDefault(desk => desk.Symbol == plan.Symbol) is not { } desk) return null;
            facts = SignalPictureFacts.Of(plan, desk, new(settingsOf(chatId).Language, KyivTime.Zone));
        }

        return painter.Draw(facts);
    }
}
