namespace FuturesBot.Engine.Telemetry;

/// <summary>Names of the spans, in the order in which a candle passes them.</summary>
public static class Spans
{
    /// <summary>From the first closed candle of a closing time that came until all that was due was there, or was waited for long enough. Begins a trace.</summary>
    public const string Receive = "candles.receive";

    /// <summary>A batch of the market put into the log and onto the queue.</summary>
    public const string Publish = "batch.publish";

    /// <summary>A batch of the market taken in by the kernel of a shard.</summary>
    public const string Take = "batch.take";

    /// <summary>A closing time folded into the kernel, and decided on where a decision frame closed.</summary>
    public const string Decide = "candles.decide";

    /// <summary>One step of one signal: no duration, all of its story.</summary>
    public const string Move = "signal.move";

    /// <summary>What was decided made durable, and its effects carried out.</summary>
    public const string Commit = "candles.commit";

    /// <summary>One effect carried out: told to the outbox, to an orchestration or to a file.</summary>
    public const string CarryOut = "effect.carry_out";

    /// <summary>An event taken in by a signal's orchestration; where orchestrations are replayed, one for each effect that the event has carried out.</summary>
    public const string Orchestrate = "orchestration.step";

    /// <summary>One message sent from the outbox to the chat.</summary>
    public const string Send = "message.send";

    /// <summary>A call of the chat's Bot API. Only within another span: polling would be noise.</summary>
    public const string TelegramCall = "telegram.call";

    /// <summary>A request to the exchange. Only within another span: loading the past would be noise.</summary>
    public const string ExchangeRequest = "exchange.request";

    /// <summary>A command to the holder of the market put on its queue.</summary>
    public const string Command = "command.send";

    /// <summary>A command carried out by the holder of the market.</summary>
    public const string Obey = "command.take";
}
