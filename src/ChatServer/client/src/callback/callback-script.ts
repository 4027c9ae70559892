/** What asks for call-backs and shows them, bundled alone: few customers of a chat ask to be called. */
import styles from './callback.css';
import { CallbackList } from './callback-list';
import type { CallbackListTask, CallbackPage, CallbackTask } from './callback-task';
import { CallbackView } from './callback-view';
import { loadPhoneNumbers } from './load-phone-numbers';

export { styles };

export function mountCallback(task: CallbackTask, page: CallbackPage): CallbackView {
  return new CallbackView(task, page, loadPhoneNumbers);
}

export function mountCallbackList(task: CallbackListTask, page: CallbackPage): CallbackList {
  return new CallbackList(task, page);
}
