using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.WebSocket;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about WebSocket connections: how much went each way.</content>
internal sealed partial class EveWriter
{
    public void WebSocket(Flow flow, WebSocketParser connection, long now)
    {
        Begin("websocket"u8, flow, now);
        Field(",\"websocket\":{\"frames_toserver\":"u8, connection.Frames(Direction.ToServer));
        Field(",\"frames_toclient\":"u8, connection.Frames(Direction.ToClient));
        Field(",\"bytes_toserver\":"u8, connection.PayloadBytes(Direction.ToServer));
        Field(",\"bytes_toclient\":"u8, connection.PayloadBytes(Direction.ToClient));
        _json.Raw("}"u8);
        End();
    }
}
