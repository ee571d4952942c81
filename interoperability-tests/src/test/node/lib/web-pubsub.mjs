/** A client of Web PubSub that is connected, and shows the frames it receives. */
export async function connectPubSub(url, subprotocol = 'json.webpubsub.azure.v1') {
  const socket = new WebSocket(url, subprotocol);
  const frames = [];
  const waiting = [];
  let error;
  const end = (reason) => {
    error ??= new Error(reason);
    waiting.splice(0).forEach(({ reject }) => reject(error));
  };
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (waiting.length > 0) waiting.shift().resolve(frame);
    else frames.push(frame);
  };
  socket.onerror = () => end('failed');
  socket.onclose = () => end('closed');
  const next = () => {
    if (frames.length > 0) return Promise.resolve(frames.shift());
    return error ? Promise.reject(error) : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const connected = await next();
  return {
    id: connected.connectionId,
    userId: connected.userId ?? undefined,
    /** The next message, without its type. */
    next: async () => {
      const { type, ...message } = await next();
      return message;
    },
    /** The reason the server gives for ending the connection. */
    disconnected: async () => (await next()).message,
    close: () => socket.close(),
  };
}
