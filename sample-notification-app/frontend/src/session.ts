import { get, HttpError, postForm } from './http';

export interface User {
  readonly name: string;
  readonly admin: boolean;
}

/** Who is logged in. */
export function loggedInUser(): Promise<User> {
  return getForUser('api/user');
}

/** What whoever is logged in may get. Where nobody is any more, the page for logging in takes over, and this does not return. */
export async function getForUser<T>(path: string): Promise<T> {
  try {
    return await get<T>(path);
  } catch (error) {
    if (error instanceof HttpError && error.status === 401) {
      leave();
      return new Promise(() => undefined);
    }
    throw error;
  }
}

export async function logOut(): Promise<void> {
  await postForm('logout').catch(() => undefined);
  leave();
}

function leave(): void {
  window.location.assign(new URL('login.html', document.baseURI));
}
