namespace FuturesBot.Simulator.Telegram;

/// <summary>What can be made to go wrong with a call.</summary>
public enum TelegramFault
{
    /// <summary>429 with <c>retry_after</c>; nothing is done.</summary>
    TooManyRequests,

    /// <summary>500; nothing is done.</summary>
    ServerError,

    /// <summary>A proxy's page with 502; nothing is done.</summary>
    BadGateway,

    /// <summary>The connection is cut before the call is carried out.</summary>
    CutBefore,

    /// <summary>The call is carried out, and the connection cut without an answer.</summary>
    CutAfter,

    /// <summary>The answer never comes, and nothing is done.</summary>
    SilentBefore,

    /// <summary>The call is carried out, and the answer never comes.</summary>
    SilentAfter,

    /// <summary>403: the person has blocked the bot.</summary>
    Blocked,

    /// <summary>400: the HTML is not accepted.</summary>
    HtmlRejected,

    /// <summary>400: the picture is not accepted.</summary>
    PictureRejected,
}
